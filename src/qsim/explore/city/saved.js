/** Answers from outside: the line of a saved file that holds them, written and read again, and what of them is not possible. */

import { partsOf, statedValue } from "./answers.js";

const ANSWERS = "meine-stadt: ";
const LINE = `# ${ANSWERS}`;
const OTHERS = ["start", "lang", "divisions"]; // what answers hold besides those to the questions
const MOST_TEXT = 200000;
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Return answers as a line of a comment. */
export const answersLine = (answers) => `${ANSWERS}${JSON.stringify(answers).replace(UNSEEN, escaped)}`;

/** Return the answers that a saved file holds, undefined if it holds none; no more than that is checked here. */
export function answersIn(text) {
  const line = text.slice(0, MOST_TEXT).split("\n").find((one) => one.startsWith(LINE));
  try {
    const found = JSON.parse(line.slice(LINE.length));
    return found && typeof found === "object" && !Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Return which of some answers say nothing here: what they are called, undefined where nothing of the kind is asked. */
export function leftAnswers(data, answers, language) {
  const parts = new Map(partsOf(data).map((part) => [part.id, part]));
  const says = (part) => {
    const since = part.kind === "having" && answers[part.id]?.since;
    return statedValue(data, since ? { ...part, kind: "month" } : part, since ? { ...answers, [part.id]: since } : answers) !== undefined;
  };
  return Object.keys(answers).filter((id) => !OTHERS.includes(id) && !(parts.has(id) && says(parts.get(id))))
    .map((id) => parts.get(id)?.label?.[language]);
}

function escaped(character) {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
