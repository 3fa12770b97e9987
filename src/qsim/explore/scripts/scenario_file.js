/** A scenario as a file: its content with what a plan changes, written as YAML that qsim reads, and read again. */
import { controlProblem, idleAdditions, sameValue } from "./changes.js";
import { monthText } from "./numbers.js";

export const LARGEST_FILE = 1_000_000;
const KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function monthNumber(text) {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(String(text));
  return found ? 12 * Number(found[1]) + Number(found[2]) - 1 : null;
}

/** The steps of a key such as commissioners[integration].funding[0].posts. */
const steps = (key) => [...key.matchAll(/(\w+)|\[(\w+)\]/g)].map((found) => found[0].replace(/[[\]]/g, ""));

/** What stands at a step below a value: the field of an object, or the entry of a list by its id or place. */
function below(value, step) {
  if (Array.isArray(value)) return value.find((entry) => entry.id === step) ?? (/^\d+$/.test(step) ? value[Number(step)] : undefined);
  return value !== null && typeof value === "object" && Object.hasOwn(value, step) ? value[step] : undefined;
}

export const valueAt = (content, key) => steps(key).reduce(below, content);

/** The content of a scenario with the changes of a plan; what may be added and never begins is left out. */
export function contentOf(scenario, changes, name = "") {
  const content = structuredClone(scenario.content);
  const idle = idleAdditions(scenario, changes);
  for (const [key, entry] of Object.entries(scenario.additions)) {
    const keys = Object.keys(changes).filter((one) => one.startsWith(`${key}.`));
    if (keys.length && !idle.includes(key)) add(content, key, entry);
  }
  for (const control of scenario.controls) {
    if (control.key in changes && !idle.some((key) => control.key.startsWith(`${key}.`))) place(content, control, changes[control.key]);
  }
  if (name) for (const [language, text] of Object.entries(content.label)) content.label[language] = `${text}: ${name}`;
  return content;
}

/** Put an entry at the end of the list that its key names. */
function add(content, key, entry) {
  const path = steps(key).slice(0, -1), list = path.pop();
  (path.reduce(below, content)[list] ??= []).push(structuredClone(entry));
}

function place(content, control, value) {
  const path = steps(control.key), field = path.pop();
  let at = content;
  for (const step of path) at = below(at, step) ?? (at[step] = {});
  if (control.field === "duration_months") {
    at.kind = value === "forever" ? "permanent" : "fixed";
    if (value === "forever") delete at[field];
    else at[field] = value;
  } else {
    at[field] = control.kind === "month" ? monthText(value) : value;
  }
}

/** The text of a scenario file. */
export const yamlOf = (content, head) => `${head.map((line) => `# ${line}\n`).join("")}${block(content, "")}`;

function block(value, pad) {
  return Object.entries(value).map(([key, entry]) => `${pad}${key}:${leaf(entry) ? ` ${flow(entry)}` : `\n${inner(entry, `${pad}  `)}`.trimEnd()}\n`).join("");
}

function inner(entry, pad) {
  if (!Array.isArray(entry)) return block(entry, pad);
  return entry.map((one) => `${pad}- ${block(one, `${pad}  `).slice(pad.length + 2)}`).join("");
}

/** Whether a value stands on one line: no list of objects, and no object that holds another or much. */
function leaf(value) {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return !value.length || !value.some((one) => one !== null && typeof one === "object");
  return !Object.values(value).some((one) => one !== null && typeof one === "object" && !Array.isArray(one)) &&
    flow(value).length < 110;
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${flow(entry)}`).join(", ")}}`;
}

/** The content of a file that `yamlOf` wrote; throw for any other. */
export function contentIn(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() && !/^\s*#/.test(line));
  let at = 0;
  const indent = (line) => line.length - line.trimStart().length;
  function blockAt(pad) {
    if (pad > 40) throw new Error("deep");
    const list = lines[at].slice(pad).startsWith("- ");
    const found = list ? [] : {};
    while (at < lines.length && indent(lines[at]) === pad && lines[at].slice(pad).startsWith("- ") === list) {
      if (list) {
        lines[at] = `${" ".repeat(pad + 2)}${lines[at].slice(pad + 2)}`;
        found.push(blockAt(pad + 2));
      } else {
        const split = lines[at].indexOf(":");
        const key = lines[at].slice(pad, split), rest = lines[at].slice(split + 1).trim();
        if (!KEY.test(key) || key === "__proto__" || Object.hasOwn(found, key)) throw new Error(`line ${at + 1}`);
        at += 1;
        if (rest) found[key] = JSON.parse(rest);
        else if (at < lines.length && indent(lines[at]) > pad) found[key] = blockAt(indent(lines[at]));
        else throw new Error(`line ${at}`);
      }
    }
    return found;
  }
  const found = lines.length ? blockAt(0) : {};
  if (at < lines.length) throw new Error(`line ${at + 1}`);
  return found;
}

/**
 * The plan in a file: the scenario it belongs to, its changes, its name if it has one, and whether it differs in what this page cannot change.
 * Throw a message's name where it belongs to none, or a value is out of range.
 */
export function planIn(text, scenarios) {
  if (text.length > LARGEST_FILE) throw new Error("large");
  let content;
  try {
    content = contentIn(text);
  } catch {
    throw new Error("unreadable");
  }
  if (content.kind !== "scenario") throw new Error("no_scenario");
  if (content.schema_version !== 1) throw new Error("version");
  const fits = (one) => ["start", "months"].every((key) => one.content[key] === content[key]) &&
    JSON.stringify(one.content.tasks.map((task) => task.id)) === JSON.stringify((content.tasks ?? []).map?.((task) => task?.id));
  const found = scenarios.filter(fits).map((scenario) => {
    const changes = changesIn(content, scenario);
    const apart = differing(contentOf(scenario, changes), content);
    return { scenario, changes, name: nameIn(content, scenario), apart };
  });
  if (!found.length) throw new Error("other_scenario");
  return found.reduce((best, one) => (one.apart.length < best.apart.length ? one : best));
}

/** What stands behind the label of the scenario, empty if nothing does. */
function nameIn(content, scenario) {
  const found = Object.entries(scenario.content.label).filter(([language, text]) => String(content.label?.[language]).startsWith(`${text}: `));
  return found.length ? content.label[found[0][0]].slice(found[0][1].length + 2) : "";
}

function changesIn(content, scenario) {
  const changes = {};
  for (const control of scenario.controls) {
    const owner = valueAt(content, control.owner);
    let value = valueAt(content, control.key);
    if (control.field === "duration_months" && owner?.kind === "permanent") value = "forever";
    if (control.kind === "month" && value !== undefined) value = monthNumber(value) ?? value;
    if (value === undefined || (value !== null && typeof value === "object") || sameValue(value, control.value)) continue;
    if (controlProblem(control, value)) throw new Error(`range:${control.key}`, { cause: value });
    changes[control.key] = value;
  }
  return changes;
}

/** The keys, down to what stands on a line, at which two contents differ; names and sources aside. */
function differing(one, other, key = "") {
  const words = ["label", "description", "source"];
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  const both = [one, other].every((value) => value !== null && typeof value === "object");
  if (!both || Array.isArray(one) !== Array.isArray(other)) return [key];
  return Object.keys({ ...one, ...other }).filter((step) => !words.includes(step))
    .flatMap((step) => differing(one[step], other[step], key ? `${key}.${step}` : step));
}
