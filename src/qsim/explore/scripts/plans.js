/** Plans that are kept: under a letter and a name, side by side, each to be opened again or dropped. */
import { LETTERS } from "./changes.js";
import { make, table } from "./dom.js";
import { compared, verdictName } from "./results.js";
import { mean } from "./statistics.js";
import { valueText } from "./words.js";

const SHOWN = ["commitment", "considered", "practice", "joint_practice", "workload", "hours_departments_total", "hours_units_total"];
const LONGEST = 80;

export class PlansView {
  constructor(page) {
    this.page = page;
    const { say } = page.speak;
    this.list = make("ul.plans");
    this.name = make("input", { type: "text", id: "plan-name", maxLength: LONGEST, autocomplete: "off" });
    this.keep = make("button", { type: "submit" });
    this.label = make("label", { htmlFor: "plan-name" });
    this.told = make("p.note", {}, say("explore.plans.empty"));
    this.form = make("form.keep", { onsubmit: (event) => this.#keep(event) }, this.label, this.name, this.keep);
    this.table = make("div");
    document.getElementById("plans").append(this.told, this.list, this.form, this.table);
  }

  get #next() {
    return LETTERS.find((letter) => !(letter in this.page.state.now.plans));
  }

  #keep(event) {
    event.preventDefault();
    const letter = this.#next;
    if (!letter) return;
    const name = this.name.value.trim().slice(0, LONGEST) || this.page.speak.say("explore.plans.default", { letter });
    this.name.value = "";
    this.page.state.keep(letter, name);
    this.page.changed();
  }

  #drop(letter) {
    this.page.state.drop(letter);
    this.page.changed();
    this.name.focus();
  }

  /** Show which plans there are. */
  show() {
    const { state, speak: { say } } = this.page, letter = this.#next;
    const plans = Object.entries(state.now.plans);
    this.told.textContent = say(letter ? "explore.plans.empty" : "explore.plans.full");
    this.told.hidden = Boolean(letter) && plans.length > 0;
    this.form.hidden = !letter;
    this.label.textContent = say("explore.plans.name", { letter });
    this.keep.textContent = say("explore.plans.keep", { letter });
    this.list.replaceChildren(...plans.map(([own, plan]) => make("li", {},
      make("button.plain", { type: "button", onclick: () => this.page.take({ ...state.now, changes: plan.changes }) },
        say("explore.plans.take", { letter: own, name: plan.name })),
      make("button.plain", { type: "button", onclick: () => this.#drop(own) }, say("explore.plans.drop", { letter: own })))));
    if (!plans.length) this.table.replaceChildren();
  }

  /** Run the plans to the end and set them side by side. */
  async run(signal) {
    const { state, runs, data, speak } = this.page, { scenario } = state;
    const plans = Object.entries(state.now.plans);
    if (!plans.length) return;
    const settings = data.looks.at(-1);
    await runs.extend(scenario, plans.map(([, plan]) => plan.changes), [settings], signal)[0];
    if (signal.aborted) return;
    const first = runs.sample(scenario, {});
    const columns = [[speak.say("explore.as_it_is"), first], ...plans.map(([letter, plan]) => [`${letter}: ${plan.name}`, runs.sample(scenario, plan.changes)])];
    const rows = SHOWN.map((name) => [data.measures[name].label,
      ...columns.map(([, sample]) => valueText(speak, mean(sample.values(name, settings)), data.measures[name]))]);
    const verdicts = columns.map(([, sample], i) => (i ? verdictName(compared(data, scenario, first, sample, settings), speak) : "–"));
    rows.push([speak.say("explore.plans.verdict"), ...verdicts]);
    this.table.replaceChildren(table(speak.say("explore.plans.compare"), [speak.say("explore.more_outcomes.outcome"), ...columns.map(([name]) => name)], rows),
      make("p.note", {}, speak.say("explore.plans.note")));
  }
}
