/** "Suggest a package": the search within the budget as a part of the page, and what it found in sentences. */
import { make } from "./dom.js";
import { measuresIn, withMeasure, withoutMeasure } from "./measures.js";
import { regrets, sharesOfBest } from "./ranking.js";
import { suggest } from "./suggest.js";
import { compareOutcome } from "./verdict.js";
import { cell, cellRange, thresholdText, valueText } from "./words.js";

const PRIMARY = "joint_practice";
const DIGITS = 3; // of euros, that count
const SAID_AFTER = 10_000; // milliseconds; who listens is told how far it is, but not each step

export class Suggestion {
  constructor(page) {
    this.page = page;
    this.button = make("button", { type: "button", id: "suggest", onclick: () => (this.stopping ? this.stop() : this.#search()) });
    this.state = make("p.note", { id: "suggest-state" });
    this.said = make("p.unseen", { id: "suggest-said", role: "status" });
    this.result = make("div", { id: "suggestion" });
    page.measures.bar.after(this.button, this.state, this.said, this.result);
    page.measures.element.addEventListener("change", () => this.follow());
    this.#show("start");
  }

  /** Search no more. */
  stop() {
    this.stopping?.abort();
  }

  /** Follow the page: what was suggested for another plan, or for another budget, holds no longer. */
  follow() {
    if (this.asked === undefined || this.asked === this.#question) return;
    this.asked = undefined;
    this.stop();
    this.result.replaceChildren();
    this.#tell("");
  }

  get #question() {
    return JSON.stringify([this.#base, this.#budget]);
  }

  get #budget() {
    return this.page.measures.budget;
  }

  /** What a plan changes beside measures. */
  get #base() {
    const { scenario, now: { changes } } = this.page.state, had = measuresIn(scenario, changes);
    return scenario.measures.filter(({ id }) => had.has(id)).reduce((left, one) => withoutMeasure(scenario, one, left), changes);
  }

  /** The changes of a plan with the measures of a package and nothing else of them. */
  #plan(ids, base) {
    return this.page.state.scenario.measures.filter(({ id }) => ids.includes(id)).reduce((changes, one) => withMeasure(one, changes), base);
  }

  #show(label) {
    this.button.textContent = this.page.speak.say(`explore.suggest.${label}`);
  }

  #tell(text, aloud = true) {
    this.state.textContent = text;
    if (!aloud) return;
    this.said.textContent = text;
    this.lastSaid = Date.now();
  }

  async #search() {
    const { say } = this.page.speak;
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.asked = this.#question;
    this.result.replaceChildren();
    this.#show("stop");
    this.#tell(say("explore.suggest.begins"));
    try {
      const found = await this.#found(signal);
      this.result.replaceChildren(...found);
      this.#tell("", false);
      this.said.textContent = found[0].textContent;
    } catch (error) {
      this.#tell(signal.aborted ? say("explore.suggest.stopped") : say("explore.state.failed", { reason: error.message }));
    } finally {
      this.stopping = undefined;
      this.#show("start");
    }
  }

  /** Search, and return what was found as elements. */
  async #found(signal) {
    const { data, runs, state, speak } = this.page, { scenario } = state, base = this.#base, budget = this.#budget;
    const measure = { ...data.measures[PRIMARY], relevant: scenario.relevant[PRIMARY] ?? data.measures[PRIMARY].relevant };
    const measures = new Map(scenario.measures.map((one) => [one.id, one]));
    const plan = (ids) => this.#plan(ids, base);
    const settings = data.looks.at(-1);
    let count = 0;
    const found = await suggest({
      options: scenario.measures.filter((one) => !one.problem), budget: { a_year: budget, once: budget }, relevant: measure.relevant, settings, twins: data.twins,
      observe: (packages, worlds) => {
        count += packages.length * worlds.length;
        return runs.observe(scenario, packages.map(plan), PRIMARY, worlds, signal);
      },
      tell: ({ stage, packages, worlds }) =>
        this.#tell(speak.counted(`explore.suggest.${stage}`, packages, { worlds: speak.decimal(worlds, 0) }), Date.now() - this.lastSaid > SAID_AFTER),
    });
    if (!found.packages) return [make("p", {}, this.#tooLittle(found.cheapest, measures))];
    const shown = found.shown.map((place) => found.packages[place]), lists = [[], ...shown.filter((ids) => ids.length)];
    const samples = lists.map((ids) => runs.sample(scenario, plan(ids)));
    await runs.extend(scenario, lists.map(plan), [settings], signal)[0];
    const tables = samples.map((sample) => sample.table(PRIMARY, settings)), best = sharesOfBest(regrets(tables));
    const packages = shown.map((ids) => {
      const place = Math.max(lists.indexOf(ids), 0); // the first is to do nothing
      return { ids, best: best[place], ...compareOutcome(tables[0], tables[place], measure, data.standards.confidence) };
    });
    const told = this.#told(packages, { ...found, count, beside: Object.keys(base).length > 0 }, measures);
    this.found = { ...found, shown: packages };
    return told;
  }

  /** What was found as elements, that about the package to take first. */
  #told([first, ...others], { packages, affordable, group, stopped, count, beside }, measures) {
    const { speak, state: { scenario } } = this.page, { say } = speak, { measure } = first, relevant = thresholdText(speak, first.relevant, measure);
    const numbers = { compared: speak.decimal(packages.length, 0), runs: speak.decimal(count, 0), number: speak.decimal(group.length, 0), relevant };
    const said = { scenario: scenario.label, month: speak.month(scenario.measures_from), money: this.#money(), measure: measure.label, relevant };
    const paragraphs = first.ids.length
      ? [[say("advise.take", { ...said, package: this.#named(first, measures) })], [this.#effect(first), this.#costs(first, measures)],
        [say(`advise.${group.length === 1 ? "alone" : stopped === "budget" ? "open" : "alike"}`, numbers), say("explore.suggest.best", { number: speak.ofHundred(first.best) })]]
      : [[say("advise.none", said)]];
    if (beside) paragraphs.at(-1).push(say("explore.suggest.beside"));
    const effort = [say(`advise.effort.${affordable === null ? "proposed" : "all"}`, numbers), say(`advise.stopped.${stopped}`, numbers), say("explore.suggest.once")];
    const item = (one) => make("li", {}, [`${this.#named(one, measures, true)}.`, this.#effect(one), this.#costs(one, measures)].join(" "), " ", this.#taking(one));
    return [
      ...paragraphs.map((sentences) => make("p", {}, sentences.join(" "))),
      first.ids.length > 0 && make("p", {}, this.#taking(first)),
      others.length > 0 && make("details.folded", {}, make("summary", {}, say("explore.suggest.others")), make("ul", {}, others.map(item))),
      make("p.note", {}, effort.join(" ")),
    ].filter(Boolean);
  }

  #taking({ ids }) {
    return make("button", { type: "button", onclick: () => this.page.take({ ...this.page.state.now, changes: this.#plan(ids, this.#base) }) }, this.page.speak.say("explore.suggest.take_over"));
  }

  /** The measures of a package; `first` says that a sentence begins with them. */
  #named({ ids }, measures, first = false) {
    const { say, joined } = this.page.speak;
    if (!ids.length) return say(first ? "explore.suggest.nothing" : "advise.nothing");
    return joined(ids.map((id, place) => measures.get(id)[first && !place ? "label" : "name"]));
  }

  #effect({ measure, levels: [nothing, level], difference, low, high }) {
    const { speak } = this.page;
    const effect = speak.say("advise.with_interval", { effect: `${cell(speak, difference, measure, true)} ${measure.difference}`, interval: cellRange(speak, low, high, measure, true) });
    const timed = speak.say(`advise.at.${measure.time}`, { level: valueText(speak, level, measure) });
    return speak.say("advise.effect", { measure: measure.label, level: timed, nothing: valueText(speak, nothing, measure), effect });
  }

  #costs({ ids }, measures) {
    const total = (name) => [0, 1].map((end) => ids.reduce((sum, id) => sum + measures.get(id).cost[name][end], 0));
    return this.page.speak.say("advise.costs", { a_year: this.#euros(total("a_year")), once: this.#euros(total("once")) });
  }

  #euros([low, high]) {
    const { say, decimal, span } = this.page.speak, rounded = (value) => decimal(Number(value.toPrecision(DIGITS)), 0);
    if (high === 0) return say("advise.no_money");
    return say("advise.euros", { amount: rounded(low) === rounded(high) ? rounded(low) : span(rounded(low), rounded(high)) });
  }

  #money() {
    const { say, decimal } = this.page.speak;
    return say("advise.money.euro", { number: decimal(this.#budget, 0) });
  }

  #tooLittle(cheapest, measures) {
    const { say } = this.page.speak;
    if (!cheapest) return say("explore.suggest.no_choice");
    return say("explore.suggest.too_little", { money: this.#money(), measure: measures.get(cheapest.id).name, costs: this.#costs({ ids: [cheapest.id, ...measures.get(cheapest.id).needs] }, measures) });
  }
}
