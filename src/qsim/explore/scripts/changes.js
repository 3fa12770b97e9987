/** What a plan changes: values by the keys of controls, each checked, and the plans with their history. */

export const NEVER = 25200; // January 2100, the month of what a municipality does not have
export const LETTERS = ["A", "B", "C", "D"];
const MOST_STEPS = 200;

/** Whether two values of a control are the same. */
export const sameValue = (one, other) => one === other;

const BEGINS = ["start", "adopted", "date"];

/** The keys of the months in which what may be added to a scenario begins; there are none of what has no month. */
function beginnings(key, entry) {
  const own = BEGINS.filter((name) => typeof entry[name] === "string").map((name) => `${key}.${name}`);
  return [...own, ...(entry.funding ?? []).flatMap((phase) => beginnings(`${key}.funding[${phase.id}]`, phase))];
}

/** The keys of what may be added to a scenario and, whatever else a plan says of it, never begins. */
export function idleAdditions({ additions }, changes) {
  const found = Object.entries(additions).map(([key, entry]) => [key, beginnings(key, entry)]);
  return found.filter(([key, own]) => own.length > 0 &&
    !found.some(([other, months]) => other.startsWith(key) && months.some((month) => changes[month] < NEVER))).map(([key]) => key);
}

/** The place that each added phase of funding has among those of its unit, which its luck hangs on, by key. */
export function placesOfPhases({ additions, content }, changes) {
  const counts = {}, places = {};
  for (const key of Object.keys(additions)) {
    const [, unit] = /^commissioners\[(\w+)\]\.funding\[\w+\]$/.exec(key) ?? [];
    if (!unit || !(changes[`${key}.start`] < NEVER)) continue;
    const own = content.commissioners?.find(({ id }) => id === unit) ?? additions[`commissioners[${unit}]`];
    places[`${key}.place`] = own.funding.length + (counts[unit] ?? 0);
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  return places;
}

/** What is wrong with a value of a control: "", "number" or "range". */
export function controlProblem(control, value) {
  if (control.kind === "flag") return typeof value === "boolean" ? "" : "range";
  if (control.kind === "choice") return control.options.some(([option]) => option === value) ? "" : "range";
  if (control.switch !== null && value === control.switch) return "";
  if (typeof value !== "number" || !Number.isFinite(value)) return "number";
  if (control.kind === "month" && !Number.isInteger(value)) return "number";
  if (control.whole && !Number.isInteger(value)) return "number";
  return value >= control.low && value <= control.high ? "" : "range";
}

/** The changes among some values that a scenario has controls for and that are right; the labels of what is not are added to `left`. */
export function checkedChanges(scenario, values, left = []) {
  const changes = {}, controls = new Map(scenario.controls.map((control) => [control.key, control]));
  for (const [key, value] of Object.entries(values ?? {})) {
    const control = controls.get(key);
    if (!control || controlProblem(control, value)) left.push(control?.label);
    else if (!sameValue(value, control.value)) changes[key] = value;
  }
  return changes;
}

/** The state of the page: which scenario, the changes at work, plans that are kept; with what was before. */
export class State {
  constructor(scenarios) {
    this.scenarios = scenarios;
    this.now = { scenario: 0, changes: {}, plans: {} };
    this.before = [];
    this.after = [];
  }

  get scenario() {
    return this.scenarios[this.now.scenario];
  }

  /** Begin anew with a state; nothing was before. */
  begin(now) {
    Object.assign(this, { now, before: [], after: [] });
  }

  /** Take another state, and remember this one. */
  take(next) {
    if (JSON.stringify(next) === JSON.stringify(this.now)) return;
    this.before.push(this.now);
    if (this.before.length > MOST_STEPS) this.before.shift();
    this.after = [];
    this.now = next;
  }

  /** Set a control; the value that the scenario has takes the change back. */
  set(control, value) {
    const { [control.key]: _, ...changes } = this.now.changes;
    if (!sameValue(value, control.value) && value !== null) changes[control.key] = value;
    this.take({ ...this.now, changes });
  }

  undo() {
    if (!this.before.length) return;
    this.after.push(this.now);
    this.now = this.before.pop();
  }

  redo() {
    if (!this.after.length) return;
    this.before.push(this.now);
    this.now = this.after.pop();
  }

  /** Keep the changes as a plan under a letter. */
  keep(letter, name) {
    const plan = { name, changes: this.now.changes };
    this.take({ ...this.now, plans: { ...this.now.plans, [letter]: plan } });
  }

  drop(letter) {
    const { [letter]: _, ...plans } = this.now.plans;
    this.take({ ...this.now, plans });
  }

  /** The state as the address of the page holds it. */
  get hash() {
    const { changes, plans } = this.now;
    const { id, answers } = this.scenario;
    if (!Object.keys(changes).length && !Object.keys(plans).length && !this.now.scenario && !answers) return "";
    return `#${encodeURIComponent(JSON.stringify({ scenario: id, answers, changes, plans }))}`;
  }

  /** Take the state that an address holds, as far as it is right; return what is not, or null if it holds none. */
  read(hash) {
    let found;
    try {
      found = JSON.parse(decodeURIComponent(hash.replace(/^#/, "")));
    } catch {
      return null;
    }
    const place = this.scenarios.findIndex((one) => one.id === found?.scenario);
    if (place < 0) return null;
    const scenario = this.scenarios[place], plans = {}, left = [];
    for (const letter of LETTERS) {
      const plan = found.plans?.[letter];
      if (!plan) continue;
      const name = typeof plan.name === "string" ? plan.name.slice(0, 80) : letter;
      plans[letter] = { name, changes: checkedChanges(scenario, plan.changes, left) };
    }
    this.take({ scenario: place, changes: checkedChanges(scenario, found.changes, left), plans });
    return left;
  }
}
