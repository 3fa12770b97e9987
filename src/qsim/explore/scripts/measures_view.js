/** The measures of the library as boxes to tick, with what they cost, and a budget as a bar. */
import { make } from "./dom.js";
import { costOf, measuresIn, obstaclesTo, withMeasure, withoutMeasure } from "./measures.js";
import { numberIn } from "./numbers.js";

const BUDGET = 40_000, MOST = 100_000_000; // euros a year
const DIGITS = 3; // of an amount, that count
const LEAST = 0.1; // of what is left of a budget: as much may be rounded

/** The boxes of a scenario; `onChange(changes)` is called with what a plan changes after a tick, `budget` is in euros a year. */
export class MeasuresView {
  constructor(scenario, speak, onChange, budget = BUDGET) {
    Object.assign(this, { scenario, speak, onChange, budget });
    const { say, month } = speak, { measures } = scenario;
    this.boxes = new Map();
    this.names = new Map(measures.map(({ id, name }) => [id, name]));
    const groups = new Map();
    for (const one of measures) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
    this.counts = [];
    this.count = make("span.count", { hidden: true });
    this.bar = this.#budget();
    this.element = make("details.group.measures", { open: true, id: "measures" },
      make("summary", {}, make("h3", {}, say("explore.measures.title")), this.count),
      make("p.help", {}, say("explore.measures.lead", { month: month(scenario.measures_from), year: scenario.prices })),
      this.bar,
      [...groups].map(([group, own]) => this.#group(group, own)));
  }

  #budget() {
    const { say, language } = this.speak;
    this.field = make("input.short", {
      id: "budget", type: "text", inputMode: "numeric", autocomplete: "off", "aria-describedby": "budget-told budget-wrong",
      value: this.speak.decimal(this.budget, 0), onchange: () => {
        const value = numberIn(this.field.value, language), right = value >= 0 && value <= MOST;
        this.wrong.textContent = right ? "" : say("explore.measures.wrong");
        this.field.setAttribute("aria-invalid", String(!right));
        if (right) this.#tell(value);
      },
    });
    this.wrong = make("p.error", { id: "budget-wrong", role: "alert" });
    this.meter = make("meter", { id: "budget-meter", min: 0, optimum: 0 });
    this.told = make("p", { id: "budget-told" });
    return make(".budget", {}, make("label", { htmlFor: "budget" }, say("explore.measures.budget")), this.field, this.wrong, this.meter, this.told);
  }

  #group(group, measures) {
    const count = make("span.count", { hidden: true });
    this.counts.push([count, measures]);
    return make("details.more", {}, make("summary", {}, group, " ", count), measures.map((one) => this.#box(one)));
  }

  #box(measure) {
    const { say } = this.speak, id = `m-${measure.id}`;
    const input = make("input", {
      type: "checkbox", id, "aria-describedby": `${id}-help`,
      onchange: () => this.onChange(input.checked ? withMeasure(measure, this.changes) : withoutMeasure(this.scenario, measure, this.changes)),
    });
    const reason = make("strong.reason");
    const element = make(".control.measure", { "data-measure": measure.id },
      make(".boxed", {}, input, make("label", { htmlFor: id }, measure.label)),
      make("p.costs", {}, measure.costs),
      measure.like && make("p.help", {}, measure.like, "."),
      make("p.help", { id: `${id}-help` }, reason, measure.help, " ", say("explore.measures.decided", { who: measure.decided }), ". ", measure.evidence, "."));
    this.boxes.set(measure.id, { measure, input, reason, element });
    return element;
  }

  /** Tick what a plan has, and say what keeps the rest out. */
  show(changes) {
    this.changes = changes;
    const had = measuresIn(this.scenario, changes);
    for (const { measure, input, reason, element } of this.boxes.values()) {
      const ticked = had.has(measure.id), told = ticked ? "" : this.#reason(measure, had);
      input.checked = ticked;
      input.disabled = Boolean(told);
      reason.textContent = told && `${told}. `;
      element.classList.toggle("changed", ticked);
    }
    this.had = had;
    for (const [count, measures] of [[this.count, this.scenario.measures], ...this.counts]) {
      const number = measures.filter(({ id }) => had.has(id)).length;
      count.hidden = !number;
      count.textContent = number ? this.speak.counted("explore.measures.ticked", number) : "";
    }
    this.#tell(this.budget);
  }

  #reason(measure, had) {
    const { beside, lacking } = obstaclesTo(measure, had), { say, joined } = this.speak;
    const names = (ids) => joined(ids.map((id) => this.names.get(id)));
    if (measure.problem) return measure.problem;
    if (lacking.length) return say("explore.measures.needs", { names: names(lacking) });
    return beside.length ? say("explore.measures.beside", { names: names(beside) }) : "";
  }

  /** Say what of a budget is left. */
  #tell(budget) {
    this.budget = budget;
    const { say, decimal } = this.speak, { aYear, once } = costOf(this.scenario, this.had);
    const spent = rounded(aYear, LEAST * Math.abs(budget - aYear)), left = budget - spent, euros = (value) => decimal(value, 0);
    const more = once ? say("explore.measures.spent_once", { euros: euros(rounded(once)) }) : "";
    const rest = say(`explore.measures.${left < 0 ? "over" : "left"}`, { euros: euros(Math.abs(left)) });
    this.told.textContent = `${say("explore.measures.spent", { euros: euros(spent), once: more })} ${rest}`;
    this.told.classList.toggle("error", left < 0);
    const told = say("explore.measures.meter", { spent: euros(spent), budget: euros(budget) });
    Object.assign(this.meter, { max: Math.max(budget, spent, 1), high: budget, value: spent, textContent: told, ariaLabel: told });
  }
}

/** An amount with the digits that count; as it is where that would change it by more than `most`. */
function rounded(euros, most = Infinity) {
  const near = Number(euros.toPrecision(DIGITS));
  return Math.abs(near - euros) <= most ? near : euros;
}
