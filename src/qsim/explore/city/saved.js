/** A scenario as the text of a file that qsim reads, and back from such a text to the answers it was made of. */

const ANSWERS = "# meine-stadt: ";
const WIDTH = 110;
const MOST_TEXT = 200000;
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^([a-z][a-z0-9_]*|\d{4}-\d{2})$/;
const WORDS_OF_YAML = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);

/** Return the text of a scenario file; the answers stand in a comment, from which answersIn reads them. */
export function scenarioText(scenario, answers) {
  const head = answers ? `${ANSWERS}${JSON.stringify(answers).replace(UNSEEN, escaped)}\n` : "";
  return `${head}${lines(scenario, "").join("\n")}\n`;
}

/** Return the answers that a saved file holds, undefined if it holds none; no more than that is checked here. */
export function answersIn(text) {
  const line = text.slice(0, MOST_TEXT).split("\n").find((one) => one.startsWith(ANSWERS));
  try {
    const found = JSON.parse(line.slice(ANSWERS.length));
    return found && typeof found === "object" && !Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function escaped(character) {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function lines(value, indent) {
  if (Array.isArray(value)) return value.flatMap((entry) => [`${indent}- ${body(entry, `${indent}  `).trimStart()}`]);
  return Object.entries(value).map(([key, entry]) => {
    const short = flow(entry);
    return short.length + indent.length < WIDTH || isLeaf(entry) ? `${indent}${key}: ${short}` : `${indent}${key}:\n${body(entry, `${indent}  `)}`;
  });
}

function body(entry, indent) {
  const short = flow(entry);
  return isLeaf(entry) || short.length + indent.length < WIDTH ? `${indent}${short}` : lines(entry, indent).join("\n");
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([key, entry]) => `${key}: ${flow(entry)}`).join(", ")}}`;
  return typeof value === "string" && PLAIN.test(value) && !WORDS_OF_YAML.has(value) ? value : JSON.stringify(value);
}

function isLeaf(value) {
  return value === null || typeof value !== "object";
}
