/** What the page does when it has been read. */
import { begin } from "./main.js";
import { Pool, unpacked } from "./pool.mjs";

const text = (id) => document.getElementById(id).textContent;
const data = JSON.parse(text("qsim-page"));
globalThis.qsim = await begin(data, async () => {
  if (data.city) data.city.templates = JSON.parse(new TextDecoder().decode(await unpacked(text("qsim-towns"))));
  return Pool.open(data.worker, await unpacked(text("qsim-worlds")));
});
