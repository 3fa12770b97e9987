/** "Meine Stadt" on the live page: the questions and the house stand in front, and lead to the page of a city of one's own. */
import { scenarioOf, taskOf } from "./answers.js";
import { checkedChanges } from "./changes.js";
import { openCity } from "./city.js";
import { make } from "./dom.js";
import { settledAnswers } from "./house.js";
import { originsOf } from "./origins.js";
import { ownEntry } from "./own_entry.js";
import { ownWorld } from "./own_world.js";
import { Runs } from "./runs.js";
import { answersIn, leftAnswers } from "./saved.js";
import { mean } from "./statistics.js";

const place = (name) => document.getElementById(name);
const VIEWS = ["questions", "house"];

export class OwnCity {
  constructor(page, pool) {
    const { data: { city: data }, speak: { language } } = page;
    Object.assign(this, { page, pool, data, language });
    const word = (id) => data.words[id][language];
    const back = (view) => make("button", { type: "button", onclick: () => { page.tellAddress("left", []); this.ask(view); } }, word(`back_${view}`));
    place("plan-title").after(make("p.tools", {}, VIEWS.map(back)));
    this.root = place("city");
    this.skip = document.querySelector("a.skip");
    for (const event of ["change", "click"]) this.root.addEventListener(event, () => setTimeout(() => this.#remember()));
  }

  /** Show what the address says, else the questions. */
  begin() {
    if (!this.read(location.hash)) this.ask("questions", {});
    this.#check();
  }

  /** Take what an address holds; say whether it holds a city. */
  read(hash) {
    let found;
    try {
      found = JSON.parse(decodeURIComponent(hash.replace(/^#/, "")));
    } catch {
      found = null;
    }
    const answers = found?.answers, view = found?.view;
    if (answers === null || typeof answers !== "object" || Array.isArray(answers)) {
      if (hash.length > 1 && !place(hash.slice(1))) this.page.tellAddress("city");
      return false;
    }
    let left = [];
    if (VIEWS.includes(view)) this.ask(view, answers);
    else {
      this.take(this.entryOf(answers), {});
      left = this.page.state.read(hash) ?? [];
      this.page.changed();
    }
    const unread = leftAnswers(this.data, answers, this.language);
    this.page.tellAddress(unread.length ? "answers" : "left", [...unread, ...left]);
    return true;
  }

  /** Show the questions or the house, by default with the answers of the city that the page is about. */
  ask(view, answers = this.page.data.scenarios[0].answers) {
    const { page } = this;
    this.root.hidden = false;
    place("app").hidden = this.skip.hidden = true;
    place("title").textContent = document.title = page.speak.say("explore.title_city");
    page.stop();
    const onResults = (given) => {
      page.tellAddress("left", []);
      const { changes, plans } = page.state.now;
      this.take(this.entryOf(given), { changes, plans });
      page.changed();
      place("title").focus();
    };
    this.city = openCity(this.root, { data: this.data, language: this.language, answers, view, entryOf: (given) => this.#entry(given), onResults, onFile: (input, told) => page.files.open(input, told) });
    this.#remember();
  }

  /** What the page says of the city that answers lead to, with its world. */
  entryOf(answers) {
    const settled = settledAnswers(this.data, { ...answers, lang: this.language });
    const entry = this.#entry(settled);
    return { ...entry, answers: settled, world: ownWorld(this.data, taskOf(this.data, settled), entry.content, entry, this.page.data.looks.at(-1)) };
  }

  #entry(answers) {
    return ownEntry(this.data, taskOf(this.data, answers), scenarioOf(this.data, answers), this.page.speak, originsOf(this.data, answers));
  }

  /** The city in the text of a file, by the answers that it holds; throw a message's name if it holds none. */
  entryIn(text) {
    const answers = answersIn(text);
    if (!answers) throw new Error("no_answers");
    return this.entryOf(answers);
  }

  /** Show a city with what was in a file. */
  open(entry, plan) {
    this.take(entry, plan);
    this.page.changed();
  }

  /** Let the page be about a city, with what of a plan and of kept plans fits it. */
  take(entry, { changes = {}, plans = {} }) {
    const { page } = this;
    this.city = null;
    this.pool.add(entry.id, entry.world);
    page.data.scenarios[0] = entry;
    page.runs = new Runs(this.pool, page.data);
    const kept = Object.entries(plans).map(([letter, plan]) => [letter, { ...plan, changes: checkedChanges(entry, plan.changes) }]);
    page.state.begin({ scenario: 0, changes: checkedChanges(entry, changes), plans: Object.fromEntries(kept) });
    this.root.hidden = true;
    place("app").hidden = this.skip.hidden = false;
  }

  /** Keep the answers in the address, so that they are there when the page is opened again. */
  #remember() {
    if (this.city) history.replaceState(null, "", `#${encodeURIComponent(JSON.stringify({ view: this.city.view(), answers: this.city.answers() }))}`);
  }

  /** Whether this browser lays out and computes the example as the program did. */
  async #check() {
    const { answers, value } = this.data.check, { page, pool } = this, [settings] = page.data.looks;
    const entry = { ...this.entryOf(answers), id: "example" };
    pool.add(entry.id, entry.world);
    const runs = new Runs(pool, page.data);
    const [looked] = runs.extend(entry, [{}], [settings], new AbortController().signal);
    page.tellCheck(await looked.then(() => mean(runs.sample(entry, {}).values(page.primary, settings)), () => NaN), value);
  }
}
