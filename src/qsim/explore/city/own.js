/** "Meine Stadt" on the live page: the questions and the house stand in front. */
import { openCity } from "./city.js";

/** Open the questions; `data` is that of the page. */
export function beginOwn(data) {
  const root = document.getElementById("city");
  document.getElementById("made").hidden = true;
  root.hidden = false;
  return openCity(root, { data: data.city, language: data.language, answers: {} });
}
