/** The values of an own city by key: what its scenario says, with all that may be added; as numbers where they are open, too. */
import { monthNumber, valueAt } from "./scenario_file.js";

const DATES = { formats: "start", concepts: "adopted", events: "date" };
const NEVER = "2100-01";

export const isOpen = (value) => value !== null && typeof value === "object" && Boolean(value.between || value.one_of);

/** The key of the entry of a list that a key belongs to, such as formats[network]; the key itself where it is in none. */
export const entryKey = (key) => /^\w+\[\w+\]/.exec(key)?.[0] ?? key;

/** Whether a scenario has the entry that a key belongs to; what is in no list is always there. */
export const hasEntry = (scenario, key) => !entryKey(key).includes("[") || valueAt(scenario, entryKey(key)) !== undefined;

/** Return the scenario with the entries of the template's lists that it lacks; they never begin. */
export function extendedScenario(template, scenario) {
  const lists = Object.entries(DATES).map(([name, date]) => [name, template.whole[name].map((entry) =>
    (scenario[name] ?? []).find((one) => one.id === entry.id) ?? { ...entry, [date]: NEVER })]);
  return { ...scenario, ...Object.fromEntries(lists) };
}

/** A month, a number or a word as a page has it: months are numbers. */
export const plainValue = (value) => (typeof value === "string" ? (monthNumber(value) ?? value) : value);

/** What a control stands at in a scenario: a number, a word, true or false; null where it is open or left to the model. */
export function statedAt(scenario, control) {
  const value = valueAt(scenario, control.key);
  if (control.field === "duration_months" && valueAt(scenario, control.owner).kind === "permanent") return "forever";
  if (value === undefined) return control.default;
  return isOpen(value) ? value : plainValue(value);
}

/** What is open, in numbers. */
export function plainOpen(value) {
  const name = value.between ? "between" : "one_of";
  return { [name]: value[name].map(plainValue) };
}

/** The number that stands for what is open: the middle of a range, the first of some choices. */
export function middleOf(value) {
  if (!isOpen(value)) return value;
  const { between, one_of: choices } = plainOpen(value);
  return between ? 0.5 * (between[0] + between[1]) : choices[0];
}
