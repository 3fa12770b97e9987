/** Begins the page: reads what it carries, starts the workers, and lets form, results and plans follow one state. */
import { State } from "./changes.js";
import { make } from "./dom.js";
import { Files } from "./files.js";
import { Form } from "./form.js";
import { firstChanges } from "./measures.js";
import { MeasuresView } from "./measures_view.js";
import { OwnCity } from "./own.js";
import { PlansView } from "./plans.js";
import { Results, verdictText } from "./results.js";
import { Runs } from "./runs.js";
import { mean } from "./statistics.js";
import { Suggestion } from "./suggestion.js";
import { speaker } from "./words.js";

const place = (name) => document.getElementById(name);
const PRIMARY = "joint_practice";
const SAME = 1e-9;
const RESIZED = 200;
const FEW = 5; // names that a line may hold

class Page {
  primary = PRIMARY;

  constructor(data, speak) {
    this.data = data;
    this.speak = speak;
    this.state = new State(data.scenarios);
    this.results = new Results(data, speak, place);
    this.plans = new PlansView(this);
    this.files = new Files(this);
    this.checked = new Set();
    this.stopping = new AbortController();
  }

  /** Take what the address says, show the form, and begin to run. */
  begin(pool) {
    this.#controls();
    this.own = this.data.city && new OwnCity(this, pool);
    addEventListener("hashchange", () => this.#read());
    place("made").hidden = true;
    if (this.own) return this.own.begin();
    this.runs = new Runs(pool, this.data);
    this.state.begin({ ...this.state.now, changes: firstChanges(this.state.scenario) });
    this.#address();
    place("app").hidden = false;
    return this.changed();
  }

  #read() {
    if (place(location.hash.slice(1))) this.#keepAddress(); // a way within the page
    else if (this.own) this.own.read(location.hash);
    else if (location.hash !== this.state.hash && this.#address()) this.changed();
  }

  /** Take what the address says, and tell what of it is not possible here; return whether it says anything. */
  #address() {
    const { hash } = location;
    if (hash.length < 2 || place(hash.slice(1))) return false;
    const left = this.state.read(hash);
    this.tellAddress(left ? "left" : "none", left ?? undefined);
    return true;
  }

  /** Tell what of the address is not possible here: some names, which may be none, or all of it. */
  tellAddress(kind, left) {
    const keys = [...new Set(left)].slice(0, FEW).map((name) => name ?? this.speak.say("explore.address.unknown")).join(", ");
    place("address").textContent = left?.length === 0 ? "" : this.speak.say(`explore.address.${kind}`, { keys });
    place("address").hidden = !place("address").textContent;
  }

  #controls() {
    const { say } = this.speak;
    const choice = place("scenario");
    choice.replaceChildren(...this.data.scenarios.map((one, i) => make("option", { value: i }, one.label)));
    choice.addEventListener("change", () => this.take({ scenario: Number(choice.value), changes: firstChanges(this.data.scenarios[choice.value]), plans: {} }));
    choice.parentElement.hidden = this.data.scenarios.length < 2;
    place("undo").addEventListener("click", () => this.#step("undo"));
    place("redo").addEventListener("click", () => this.#step("redo"));
    place("reset-all").addEventListener("click", () => this.take({ ...this.state.now, changes: {} }));
    place("state").textContent = say("explore.state.running");
    addEventListener("beforeprint", () => this.redraw(true));
    addEventListener("afterprint", () => this.redraw());
    let waiting = 0, width = innerWidth;
    addEventListener("resize", () => {
      if (width === innerWidth) return;
      width = innerWidth;
      clearTimeout(waiting);
      waiting = setTimeout(() => this.redraw(), RESIZED);
    });
  }

  #step(way) {
    this.state[way]();
    this.changed();
  }

  take(next) {
    this.state.take(next);
    this.changed();
  }

  /** Let everything follow the state. */
  changed() {
    const { scenario, now } = this.state;
    if (this.shown !== scenario) {
      this.shown = scenario;
      this.form = new Form(scenario, this.speak, (control, value) => {
        this.state.set(control, value);
        this.changed();
      });
      this.measures = scenario.measures && new MeasuresView(scenario, this.speak, (changes) => this.take({ ...this.state.now, changes }), this.measures?.budget);
      this.suggestion?.stop();
      this.suggestion = this.measures && new Suggestion(this);
      place("form").replaceChildren(...[this.measures, this.form].filter(Boolean).map(({ element }) => element));
      place("title").textContent = this.speak.say("explore.title", { scenario: scenario.label });
      document.title = place("title").textContent;
    }
    this.#run(); // what follows is shown while the workers run
    place("scenario").value = now.scenario;
    const count = Object.keys(now.changes).length;
    place("count").textContent = count ? this.speak.counted("explore.changed", count) : this.speak.say("explore.unchanged");
    place("undo").disabled = !this.state.before.length;
    place("redo").disabled = !this.state.after.length;
    place("reset-all").disabled = !count;
    this.measures?.show(now.changes);
    this.suggestion?.follow();
    this.form.show(now.changes);
    this.plans.show();
    this.files.show();
    this.#keepAddress();
  }

  #keepAddress() {
    history.replaceState(null, "", this.state.hash || location.pathname + location.search);
  }

  /** Compute no more, until something is asked again. */
  stop() {
    this.stopping.abort();
    this.last = null;
  }

  /** Run what is changed against what is: few worlds first, more while nothing else is asked. */
  async #run() {
    this.stop();
    this.stopping = new AbortController();
    const { signal } = this.stopping, { scenario, now } = this.state;
    const changed = Object.keys(now.changes).length > 0;
    const plans = changed ? [{}, now.changes] : [{}];
    try {
      const looks = this.runs.extend(scenario, plans, this.data.looks, signal);
      for (const [i, settings] of this.data.looks.entries()) {
        await looks[i];
        this.last = { scenario, changes: changed ? now.changes : null, settings };
        this.redraw();
        this.#check(scenario);
      }
      this.#announce();
      await this.plans.run(signal);
    } catch (error) {
      if (signal.aborted) return;
      place("state").textContent = this.speak.say("explore.state.failed", { reason: error.message });
      place("state").classList.add("error");
      this.#say(place("state").textContent);
    }
  }

  /** Draw what the last look found, on paper as large as paper needs it. */
  redraw(paper = false) {
    if (!this.last) return;
    const { scenario, changes, settings } = this.last, { say, counted } = this.speak;
    const first = this.runs.sample(scenario, {}), plan = changes && this.runs.sample(scenario, changes);
    this.found = this.results.show(scenario, first, plan, changes, settings, paper);
    const runs = counted("terms.of_runs", settings * this.data.twins);
    const done = settings === this.data.looks.at(-1);
    place("state").textContent = say(`explore.state.${done ? "done" : "refining"}`, { runs });
    place("state").classList.remove("error");
    place("results").dataset.settings = settings;
  }

  /** Whether this browser comes to the numbers that the program came to when it made the page. */
  #check(scenario) {
    if (this.own || this.checked.has(scenario.id)) return;
    this.checked.add(scenario.id);
    this.tellCheck(mean(this.runs.sample(scenario, {}).values(PRIMARY, this.data.looks[0])), scenario.check);
  }

  tellCheck(found, expected) {
    const apart = Math.abs(found - expected) / Math.max(Math.abs(found), Math.abs(expected), Number.MIN_VALUE);
    const same = apart <= SAME;
    place("checked").textContent = this.speak.say(`explore.state.${same ? "checked" : "differs"}`);
    place("checked").classList.toggle("error", !same);
  }

  #announce() {
    this.#say(this.found ? verdictText(this.found, this.data, this.speak) : place("headline").textContent);
  }

  /** Let a screen reader say something, in its own time. */
  #say(text) {
    place("said").textContent = text;
  }
}

/** Begin with the data of the page; `open` gives the workers, or fails where this browser has none. */
export async function begin(data, open) {
  const speak = speaker(data.language, data.words);
  place("loading").hidden = false;
  try {
    const page = new Page(data, speak);
    page.begin(await open());
    return page;
  } catch (error) {
    const told = place("no-engine");
    told.textContent = speak.say("explore.state.no_engine");
    told.hidden = false;
    console.warn(error);
    return null;
  } finally {
    place("loading").hidden = true;
  }
}
