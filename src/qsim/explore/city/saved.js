/** The line of a saved file that holds the answers it was made of: written, and read again. */

const ANSWERS = "meine-stadt: ";
const LINE = `# ${ANSWERS}`;
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

function escaped(character) {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
