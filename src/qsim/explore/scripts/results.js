/** What comes of a plan: the verdict against what is, the stages, the curve, hours, what holds back, how sure it is. */
import { calendarOf } from "./calendar.js";
import { COLOURS, bars, curves } from "./charts.js";
import { make, table } from "./dom.js";
import { Figure } from "./pictures.js";
import { chanceShare, mean, quantiles } from "./statistics.js";
import { compareOutcome, indexAhead, isClearlyWorse, isRelevant, isSame, judge, shareAhead } from "./verdict.js";
import { cell, cellRange, levelsOfHundred, thresholdText, valueText } from "./words.js";

const STAGES = ["commitment", "considered", "practice", "joint_practice"];
const PAYERS = { department: "departments", commissioner: "units", leader: "leaders", civil_society: "civil_society" };
const PRIMARY = "joint_practice";
const WIDEST = 720, NARROWEST = 260, ON_PAPER = 420; // where half a sheet is some 340 pixels wide
const known = (values) => values.filter(Number.isFinite);

/** Compare two samples in the first settings: the verdict, which is better, and all outcomes that both have. */
export function compared(data, scenario, first, plan, settings) {
  const row = (name) => {
    const measure = { ...data.measures[name], relevant: scenario.relevant[name] ?? data.measures[name].relevant };
    return compareOutcome(first.table(name, settings), plan.table(name, settings), measure, data.standards.confidence);
  };
  const rows = Object.fromEntries([PRIMARY, ...data.keys, ...data.main].map((name) => [name, row(name)]));
  const [verdict, better] = judge(rows[PRIMARY], data.keys.map((name) => rows[name]), data.standards);
  return { verdict, better, rows, primary: rows[PRIMARY] };
}

/** The verdict as one sentence; who is better stands first, else who is ahead in more twin worlds. */
export function verdictText(found, data, speak) {
  const { verdict, better, primary, rows } = found;
  const { say, ofHundred, joined, exact } = speak;
  const ahead = better >= 0 ? better : indexAhead(primary), measure = primary.measure;
  const sides = sidesOf(speak);
  const pair = { better: sides[ahead], Better: capital(sides[ahead]), other: sides[1 - ahead] };
  if (!Number.isFinite(primary.difference)) return say("verdict.unknown", { measure: measure.label, ...pair });
  if (verdict === "equal" && isSame(primary)) return say("verdict.identical", { measure: measure.label, ...pair });
  const counts = say("verdict.worlds_and_settings", {
    worlds: ofHundred(shareAhead(primary, ahead, primary.shareWorlds)),
    settings: ofHundred(shareAhead(primary, ahead, primary.shareSettings)),
  });
  const what = amountText(speak, primary.difference, measure);
  const amount = !Number.isFinite(primary.low) ? what : say("verdict.amount", {
    what,
    confidence: exact(Math.round(10000 * data.standards.confidence) / 100),
    interval: cellRange(speak, primary.low, primary.high, measure, true),
  });
  const relevant = thresholdText(speak, primary.relevant, measure);
  return say(`verdict.${verdict}`, {
    ...pair, counts, amount, relevant,
    claim: say("explore.claim", { badge: verdictName(found, speak) }),
    small: isRelevant(primary) ? "" : say("verdict.small", { relevant }),
    needs: say(primary.low > 0 || primary.high < 0 ? "verdict.needs_knowledge" : "verdict.needs_runs"),
    worse: joined(data.keys.filter((name) => isClearlyWorse(rows[name], ahead)).map((name) => rows[name].measure.label)),
  });
}

/** The present state and the plan as a sentence names them. */
const sidesOf = ({ say }) => ["first", "plan"].map((side) => say(`explore.side.${side}`));

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** How much more or less is done with the plan. */
function amountText(speak, difference, measure) {
  const none = cell(speak, difference, measure) === cell(speak, 0, measure);
  const form = none ? "same" : difference > 0 ? "more" : "less";
  return speak.say(`explore.amount.${form}`, { difference: `${cell(speak, Math.abs(difference), measure)} ${measure.difference}` });
}

/** What the changes are about of which nobody knows how it is: there the plan is compared with all that is possible. */
export function unknownOwners(scenario, changes) {
  const open = scenario.controls.filter((control) => control.key in changes && control.value === null && control.open);
  return [...new Set(open.map(({ owner }) => (scenario.owners[owner.replace(/\.channels$/, "")] ?? scenario.owners[owner]).label))];
}

/** The verdict on a plan in a few words. */
export function verdictName({ verdict, better, primary }, speak) {
  if (verdict === "equal" && isSame(primary)) return speak.say("verdict.name.same");
  const named = verdict === "clearly" || verdict === "probably";
  return speak.say(named ? `explore.badge.${verdict}_${better ? "plan" : "first"}` : `verdict.name.${verdict}`);
}

/** Fills the parts of the page with what two samples say; `plan` is null where nothing is changed. */
export class Results {
  constructor(data, speak, place) {
    Object.assign(this, { data, speak, place });
    this.figures = {};
    for (const name of ["stages", "curve", "hours", "why"]) {
      this.figures[name] = new Figure(`chart-${name}`, speak.say(`explore.${name}.title`), speak.say);
      place(name).prepend(this.figures[name].element);
    }
  }

  /** Show what the first settings of the samples say; `changes` are those of the plan, `paper` whether it is to be printed. */
  show(scenario, first, plan, changes, settings, paper) {
    const names = [this.speak.say("explore.as_it_is"), ...(plan ? [this.speak.say("explore.plan_now")] : [])];
    const samples = plan ? [first, plan] : [first];
    const found = plan ? compared(this.data, scenario, first, plan, settings) : null;
    const width = paper ? ON_PAPER : Math.min(Math.max(this.place("stages").clientWidth || WIDEST, NARROWEST), WIDEST);
    const context = { scenario, samples, names, changes, settings, width, found };
    this.paper = paper;
    this.#case(scenario, changes ?? {});
    this.#verdict(context);
    this.place("sure").replaceChildren(...this.#sure(context));
    this.#stages(context);
    this.#curve(context);
    this.#hours(context);
    this.#why(context);
    this.place("more").replaceChildren(...this.#more(context));
    return found;
  }

  /** What the scenario is about, and what of it nobody knows: what matters most by name, the rest as a number. */
  #case(scenario, changes) {
    const { say, counted, joined } = this.speak, fields = new Map();
    const open = scenario.controls.filter((control) => control.value === null && control.unknown && !(control.key in changes));
    const main = open.filter((control) => control.main);
    for (const { label } of main) fields.set(label, (fields.get(label) ?? 0) + 1);
    const names = [...fields].map(([name, number]) => (number > 1 ? say("explore.case.several", { name, number }) : name));
    if (open.length > main.length) names.push(counted("explore.case.more", open.length - main.length));
    this.place("case").textContent = scenario.description;
    this.place("open").textContent = names.length ? say("explore.case.open", { names: joined(names) }) : "";
  }

  #verdict({ scenario, samples, changes, settings, found }) {
    const { say, joined } = this.speak;
    const [first, plan] = levelsOfHundred(samples.map((sample) => mean(sample.values(PRIMARY, settings))), this.speak);
    const form = plan === undefined ? "same" : first === plan ? "alike" : "other";
    const [badge, headline, sentence] = ["badge", "headline", "sentence"].map(this.place);
    this.place("bar").textContent = found ? verdictName(found, this.speak) : "";
    this.place("bar").closest("p").hidden = !found;
    badge.textContent = found ? verdictName(found, this.speak) : say("explore.as_it_is");
    badge.parentElement.dataset.kind = found?.verdict ?? "none";
    headline.textContent = say(`explore.headline.${form}`, { first, plan, number: first });
    const told = [found ? verdictText(found, this.data, this.speak) : say("explore.no_plan")];
    const open = unknownOwners(scenario, changes ?? {});
    if (open.length) told.push(say("explore.was_unknown", { names: joined(open) }));
    sentence.textContent = told.join(" ");
  }

  #sure({ samples, settings, found }) {
    const { say, percent, ofHundred } = this.speak;
    const chance = chanceShare(samples[samples.length - 1].table(PRIMARY, settings));
    const told = [];
    if (found && isSame(found.primary)) told.push(say("explore.sure.same"));
    else if (found) {
      const ahead = found.better >= 0 ? found.better : indexAhead(found.primary);
      for (const [name, share] of [["luck", found.primary.shareWorlds], ["unsure", found.primary.shareSettings]]) {
        told.push(say(`explore.sure.${name}`, { better: sidesOf(this.speak)[ahead], number: ofHundred(shareAhead(found.primary, ahead, share)) }));
      }
    }
    if (Number.isFinite(chance)) told.push(say("explore.sure.apart", { chance: percent(chance), unsure: percent(1 - chance) }));
    return told.map((text) => make("p", {}, text));
  }

  #figure(name, drawing, alt, entries, head, names, alone) {
    const { say } = this.speak, title = say(`explore.${name}.title`);
    const source = say("explore.chart.source", { title: this.title(), version: this.data.version, day: this.data.day });
    const notes = [say(`explore.${name}.note`)], words = { title, notes, alt, ...(this.paper ? { tight: true } : { source }) };
    const numbers = [table(title, [head, ...names], entries), make("p.note", {}, notes)];
    this.figures[name].show((more) => drawing({ ...words, ...more }), numbers, alone);
  }

  title() {
    return this.place("title").textContent;
  }

  /** Bars with what each entry is: the word for it heads the table. */
  #bars(name, { names, width }, entries, what, most) {
    const { say } = this.speak;
    const rows = entries.map((entry) => [entry.label, ...entry.bars.map((bar) => bar.told ?? bar.text)]);
    const alt = entries.map(({ label, bars: [first, plan] }) =>
      say(`explore.${name}.${plan ? "alt" : "alt_one"}`, { [what]: label, first: first.text, plan: plan?.text })).join(" ");
    this.#figure(name, (words) => bars(width, words, entries, names, most), alt, rows, say(`explore.${name}.${what}`), names);
  }

  #stages(context) {
    const { samples, settings } = context, { level } = this.speak;
    const entries = STAGES.map((name) => ({
      label: this.data.measures[name].label,
      bars: samples.map((sample) => {
        const values = known(sample.values(name, settings)), [low, high] = quantiles(values, [0.1, 0.9]);
        const measure = this.data.measures[name];
        return { value: mean(values), low, high, text: level(mean(values)), told: `${level(mean(values))} (${cellRange(this.speak, low, high, measure)})` };
      }),
    }));
    const most = Math.max(...entries.flatMap((entry) => entry.bars.map((bar) => Math.max(bar.value, bar.high)))) || 1;
    this.#bars("stages", context, entries, "stage", most);
  }

  #curve(context) {
    const { scenario, samples, names, changes, settings, width } = context, { say, percent, level, month } = this.speak;
    const series = samples.map((sample, i) => ({ name: names[i], ...sample.curve(settings) }));
    const dated = calendarOf(scenario, changes ?? {});
    const marks = dated.map((mark, i) => [mark.month - scenario.start, String(i + 1), COLOURS[mark.only]]);
    const january = (12 - (scenario.start % 12)) % 12;
    const years = Array.from({ length: Math.ceil((scenario.months - january) / 12) }, (_, i) => [january + 12 * i, String(Math.floor((scenario.start + january) / 12) + i)]);
    const alt = series.map((one) => say("explore.curve.alt", { name: one.name, start: level(one.middle[0]), end: level(one.middle.at(-1)) })).join(" ");
    const measure = this.data.measures[PRIMARY];
    const rows = [...new Set([...years.map(([m]) => m), scenario.months - 1])].map((m) => [month(scenario.start + m),
      ...series.map((one) => `${level(one.middle[m])} (${cellRange(this.speak, one.low[m], one.high[m], measure)})`)]);
    const entries = dated.map((mark, i) => {
      const when = mark.certain ? month(mark.month) : say("explore.curve.uncertain", { month: month(mark.month) });
      const text = say("explore.curve.entry", { number: i + 1, label: mark.label, month: when });
      return mark.only === undefined ? text : say("explore.curve.only", { text, name: names[mark.only] });
    });
    this.#figure("curve", (words) => curves(width, words, series, marks, years, (value) => percent(value)), alt, rows, say("explore.curve.month"), names,
      { notes: [say("explore.curve.alone"), ...entries] });
    this.place("calendar").hidden = !dated.length;
    this.place("dated").replaceChildren(...entries.map((text) => make("li", {}, text)));
  }

  #hours(context) {
    const { samples, settings } = context, { say, decimal } = this.speak;
    const entry = (label, names) => ({ label, bars: samples.map((sample) => {
      const value = names.reduce((sum, name) => sum + mean(sample.values(`hours_${name}_total`, settings)), 0);
      return { value, text: decimal(value, 0) };
    }) });
    const entries = Object.entries(PAYERS).map(([payer, name]) => entry(capital(say(`terms.payer.${payer}`)), [name]));
    const all = entry(capital(say("explore.hours.all")), Object.values(PAYERS));
    const most = Math.max(...all.bars.map((bar) => bar.value), 1);
    this.#bars("hours", context, [...entries, all], "who", most);
  }

  #why(context) {
    const { samples, settings } = context, { say, percent } = this.speak;
    const shares = samples.map((sample) => sample.shares(this.data.constraints, settings));
    const met = shares.every((one) => !Number.isFinite(one[this.data.constraints[0]]));
    this.place("nothing").hidden = !met;
    this.figures.why.element.hidden = met;
    if (met) return;
    const entries = [...this.data.constraints].sort((one, other) => shares[0][other] - shares[0][one]).map((kind) => ({
      label: capital(say(`terms.constraint.${kind}`)),
      bars: shares.map((own) => ({ value: own[kind], text: percent(own[kind]) })),
    }));
    this.#bars("why", context, entries, "what", Math.max(...entries.flatMap((entry) => entry.bars.map((bar) => bar.value || 0))));
  }

  #more({ samples, names, settings, found }) {
    const { say, exact } = this.speak, confidence = exact(100 * this.data.standards.confidence);
    const heads = [say("explore.more_outcomes.outcome"), ...names];
    if (found) heads.push(say("explore.more_outcomes.difference"), say("explore.more_outcomes.interval", { confidence }));
    const rows = this.data.main.flatMap((name) => {
      const measure = this.data.measures[name], row = found?.rows[name];
      const levels = samples.map((sample) => mean(known(sample.values(name, settings))));
      if (levels.every(Number.isNaN)) return [];
      const told = levels.map((value) => (Number.isNaN(value) ? say("explore.more_outcomes.missing") : valueText(this.speak, value, measure)));
      if (row) told.push(...(isSame(row) ? [say("table.same"), ""] : [`${isRelevant(row) ? "* " : ""}${cell(this.speak, row.difference, measure, true)}`, cellRange(this.speak, row.low, row.high, measure, true)]));
      return [[measure.label, ...told]];
    });
    return [table(say("explore.more_outcomes.title"), heads, rows), make("p.note", {}, found ? say("table.beyond") : "")];
  }
}
