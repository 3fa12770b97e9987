/** Saving and opening: the scenario with its plan as a file, the address, the commands that give the numbers again. */
import { LETTERS } from "./changes.js";
import { download, make } from "./dom.js";
import { answersLine } from "./saved.js";
import { LARGEST_FILE, contentOf, planIn, yamlOf } from "./scenario_file.js";

const LONGEST = 60; // letters of a value that a line may hold
const LONGEST_NAME = 50; // letters of a file's name

export class Files {
  constructor(page) {
    this.page = page;
    const { say } = page.speak;
    const on = (id, event, action) => document.getElementById(id).addEventListener(event, action);
    on("save", "click", () => this.#save());
    on("print", "click", () => print());
    on("link", "click", () => this.#copy());
    on("file", "change", ({ target }) => this.open(target));
    this.told = document.getElementById("file-told");
    this.commands = document.getElementById("commands");
    this.say = say;
  }

  get #name() {
    const { scenario, now } = this.page.state;
    return Object.keys(now.changes).length ? `${this.#stem(scenario)}_plan` : this.#stem(scenario);
  }

  #stem(scenario) {
    return scenario.id.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, LONGEST_NAME);
  }

  /** The text of the file. */
  text() {
    const { data, state } = this.page, { scenario, now } = state;
    const count = Object.keys(now.changes).length;
    const kept = Object.values(now.plans).find((plan) => JSON.stringify(plan.changes) === JSON.stringify(now.changes));
    const name = count ? (kept?.name ?? this.say("explore.plan_now")) : "";
    const head = [
      this.say("explore.file.head", { version: data.version, day: data.day }),
      this.say("explore.file.again", { command: this.#command(`${this.#name}.yaml`) }),
    ];
    if (scenario.answers) head.unshift(answersLine(scenario.answers));
    return yamlOf(contentOf(scenario, now.changes, name), head);
  }

  #command(file) {
    const { data } = this.page;
    return `qsim run ${file} --seed ${data.seed} --replications ${data.looks.at(-1) * data.twins}`;
  }

  #save() {
    const file = `${this.#name}.yaml`;
    download(file, this.text(), "application/yaml");
    this.#tell(this.say("explore.file.saved", { file }));
  }

  async #copy() {
    const field = make("textarea", { value: location.href, className: "unseen" });
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    this.#tell(this.say("explore.file.copied"));
  }

  /** Open the file that somebody chose; what comes of it is told in the element `told`. */
  async open(input, told = document.getElementById("file-told")) {
    const [file] = input.files;
    if (!file) return;
    this.told = told;
    try {
      if (file.size > LARGEST_FILE) throw new Error("large");
      this.read(await file.text(), file.name);
    } catch (error) {
      this.#tell(this.#problem(error), true);
    }
    input.value = "";
  }

  /** Take the plan in the text of a file; throw what is wrong with it. */
  read(text, name) {
    const { data, state, speak } = this.page;
    const { scenario, changes, name: called, apart } = planIn(text, this.page.own ? [this.page.own.entryIn(text)] : data.scenarios);
    const place = data.scenarios.indexOf(scenario);
    const plans = this.#withPlan(!this.page.own && place === state.now.scenario ? state.now.plans : {}, { name: called, changes });
    if (this.page.own) this.page.own.open(scenario, { changes, plans });
    else this.page.take({ scenario: place, changes, plans });
    this.told = document.getElementById("file-told");
    const count = Object.keys(changes).length;
    const counted = count ? speak.counted("explore.changed", count) : this.say("explore.unchanged");
    const more = apart.length ? ` ${this.say("explore.file.apart", { keys: speak.joined(this.#partsOf(apart)) })}` : "";
    this.#tell(this.say("explore.file.opened", { file: name, changes: counted }) + more, apart.length > 0);
  }

  /** What the parts of a scenario are called in which some keys are. */
  #partsOf(keys) {
    const { words } = this.page.data;
    const names = keys.map((key) => words[`keys.scenario.${key.split(".")[0]}`] ?? words["explore.address.unknown"]);
    return [...new Set(names)];
  }

  /** Kept plans with one that was in a file, if it has a name of its own and there is room. */
  #withPlan(plans, plan) {
    const letter = LETTERS.find((one) => !(one in plans));
    const known = Object.values(plans).some(({ name }) => name === plan.name);
    return letter && plan.name && plan.name !== this.say("explore.plan_now") && !known ? { ...plans, [letter]: plan } : plans;
  }

  #problem(error) {
    const [name, key] = error.message.split(/:(.*)/);
    const entries = [...this.page.data.scenarios, this.page.state?.scenario].filter(Boolean);
    const label = entries.flatMap((one) => one.controls).find((control) => control.key === key)?.label;
    const known = ["large", "unreadable", "no_scenario", "version", "other_scenario", "no_answers", "range"];
    return this.say(`explore.file.error.${known.includes(name) ? name : "unreadable"}`, { label, found: String(error.cause).slice(0, LONGEST) });
  }

  #tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("error", wrong);
  }

  /** Show the commands that give the numbers of the plan again. */
  show() {
    const { data, state } = this.page, { scenario, now } = state;
    const file = `${this.#name}.yaml`;
    const found = [this.#command(file)];
    if (Object.keys(now.changes).length && !this.page.own) { // a city of one's own is in no file but those that were saved
      found.push(`qsim compare ${this.#stem(scenario)}.yaml ${file} --seed ${data.seed} --settings ${data.looks.at(-1)}`);
    }
    this.commands.textContent = found.join("\n");
  }
}
