/** What the page says of an own city: its controls, calendar and content, as explore/catalogue.py has it of any scenario. */
import { partsOf } from "./answers.js";
import { originAt } from "./origins.js";
import { entryKey, hasEntry, isOpen, middleOf, plainOpen, statedAt } from "./own_values.js";
import { valueAt } from "./scenario_file.js";

const LEADER = "leaders[mayor]";
const FEW_DIGITS = 4, LARGE = 1000;
const PERMANENT = 600; // months from which on a duration that nobody knows stands for one without an end

/**
 * Return the entry of a city: `data` is that of the page for cities, `task` the answer that says the task, `speak` who speaks;
 * `origins` say which values were stated, and a control `from` which part of the questions its value is.
 */
export function ownEntry(data, task, scenario, speak, origins = new Map()) {
  const { templates } = data, { entry: common, relevant } = templates.tasks[task];
  const start = middleOf(statedAt(scenario, { key: "start" }));
  const staff = middleOf(scenario.administration.staff);
  const offered = new Set(partsOf(data).filter(({ adds, id }) => adds && hasEntry(scenario, `formats[${id}]`)).map(({ adds }) => adds));
  const additions = Object.fromEntries(Object.entries(common.additions).filter(([key]) => !offered.has(key)));
  const there = (key) => hasEntry(scenario, key) || entryKey(key) in additions;
  const controls = common.controls.filter(({ key }) => there(key)).flatMap((control) => ofLeaders(scenario, control));
  return {
    id: idOf(scenario.label[speak.language]),
    label: scenario.label[speak.language],
    description: scenario.description[speak.language],
    start,
    months: scenario.months,
    dated: common.dated.filter(({ date }) => there(date.key)).map((one) => datedIn(scenario, one)),
    controls: ordered(common.controls, controls).map((control) => controlIn(scenario, control, { start, room: templates.room, origins }, speak)),
    owners: ownersIn(scenario, common.owners, there, data, origins, speak),
    content: scenario,
    additions,
    first_shock: null,
    relevant: Object.fromEntries(Object.entries(relevant).map(([name, value]) => [name, value * staff])),
  };
}

/** A name for files and addresses. */
function idOf(label) {
  const plain = label.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/([aou])\u0308/g, "$1e").replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+|_+$/g, "").slice(0, 40) || "city";
}

/** The control of the mayor stands for that of every leader of whom the scenario says something. */
function ofLeaders(scenario, control) {
  if (control.owner !== LEADER) return [control];
  return scenario.leaders.map(({ id }) => {
    const owner = `leaders[${id}]`;
    return { ...control, key: control.key.replace(LEADER, owner), owner, default: id === "mayor" ? control.default : null };
  });
}

/** Leader by leader, as a scenario has them, in place of field by field. */
function ordered(common, controls) {
  const place = common.findIndex(({ owner }) => owner === LEADER);
  const leaders = controls.filter(({ owner }) => owner.startsWith("leaders["));
  const owners = [...new Set(leaders.map(({ owner }) => owner))];
  const before = controls.filter((one) => common.indexOf(one) >= 0 && common.indexOf(one) < place);
  const after = controls.filter((one) => common.indexOf(one) > place);
  return [...before, ...owners.flatMap((owner) => leaders.filter((one) => one.owner === owner)), ...after];
}

/** Whether a control says if something is there, and from when. */
const isDated = ({ kind, switch: never }) => kind === "month" && never !== null;

function controlIn(scenario, { default: usual, ...control }, { start, room, origins }, speak) {
  const last = start + scenario.months - 1;
  const there = hasEntry(scenario, control.key), value = there ? statedAt(scenario, { ...control, default: usual }) : control.value;
  const origin = originAt(origins, control.key), found = { ...control };
  const decided = isOpen(value) && isDated(control) && !(value.one_of && plainOpen(value).one_of.includes(control.switch));
  const open = openText(value, control, { stated: origin?.stated, start }, speak);
  if (there) Object.assign(found, { value: isOpen(value) ? null : value, unknown: isOpen(value), decided, open });
  if (origin) Object.assign(found, { from: origin.part, stated: origin.stated });
  if (origins.size && isOpen(value)) found.range = withUnit(rangeText(value, control, speak), control);
  if (control.kind === "month") Object.assign(found, { low: start, high: last, first: start });
  if (control.key.endsWith(".posts")) found.high = Math.max(room, Math.ceil(isOpen(value) ? Math.max(...(value.between ?? value.one_of)) : 2 * value));
  if (isOpen(value) && value.between) found.least = plainOpen(value).between[0];
  return found;
}

/** What is known of a value that is not settled, and whether it was stated. */
function openText(value, control, { stated, start }, speak) {
  const { say } = speak;
  if (value === null) return say("explore.by_rule");
  if (!isOpen(value)) return stated ? say("explore.stated") : "";
  const year = yearText(value, control, start, speak);
  if (year) return stated ? `${say("explore.stated")}: ${year}` : year;
  return say(stated ? "explore.stated_as" : "explore.unknown", { value: rangeText(value, control, speak) });
}

/** A year of which nobody knows the month; empty for anything else. */
function yearText(value, control, start, { say }) {
  const [first, last] = (isDated(control) && plainOpen(value).between) || [];
  if (first === undefined || first % 12 || last !== first + 11) return "";
  return say(`explore.year.${last < start ? "since" : "from"}`, { year: first / 12 });
}

const withUnit = (text, { unit, percent }) => (unit && !percent ? text.replace(/\d$/, `$& ${unit}`) : text);

/** What may stand in place of an open value. */
function rangeText(value, control, speak) {
  const { say } = speak;
  const { between, one_of: choices } = plainOpen(value);
  const one = (each) => {
    if (control.kind === "month") return each === control.switch ? say("explore.never") : speak.month(each);
    if (control.kind === "choice") return control.options.find(([option]) => option === each)[1];
    if (control.field === "duration_months" && each >= PERMANENT) return say("explore.forever");
    return control.percent ? percentText(each, speak) : numberText(each, speak);
  };
  if (choices) return speak.either([...new Set(choices.map(one))]);
  const low = control.percent ? numberText(100 * between[0], speak) : one(between[0]);
  return speak.span(low, one(between[1]));
}

function numberText(value, speak) {
  if (Math.abs(value) >= LARGE) return speak.decimal(value, 0);
  const short = Number(value.toPrecision(FEW_DIGITS));
  return speak.decimal(short, String(short).split(".")[1]?.length ?? 0);
}

function percentText(share, speak) {
  const shown = 100 * share;
  return speak.percent(share, [0, 1].find((digits) => Math.abs(Number(shown.toFixed(digits)) - shown) < 1e-9) ?? 2);
}

function datedIn(scenario, one) {
  const at = (place) => {
    const key = place && entryKey(place.key);
    if (!place || valueAt(scenario, key) === undefined) return place;
    const value = valueAt(scenario, place.key);
    return { key: place.key, value: value === undefined ? null : middleOf(statedAt(scenario, { key: place.key })), certain: !isOpen(value) };
  };
  const by = one.by && { ...one.by, value: valueAt(scenario, one.by.key) ?? one.by.value };
  return { ...one, by, date: at(one.date), later: at(one.later) };
}

/** Who controls belong to: what they are called, and where what is said of them comes from. */
function ownersIn(scenario, owners, there, { templates, words }, origins, speak) {
  const stated = new Set([...origins].filter(([, origin]) => origin.stated).map(([key]) => key.slice(0, key.lastIndexOf("."))));
  const source = (owner) => speak.say(stated.has(owner.replace(/head_\w+/, "head_*")) || stated.has(owner) ? "explore.source_stated" : "explore.source",
    { source: templates.sources[valueAt(scenario, owner)?.source ?? ""] });
  const label = (id) => {
    const division = scenario.administration.divisions.find((one) => `head_${one.id}` === id);
    return words.head[speak.language].replace("{label}", division.label[speak.language]);
  };
  const found = Object.entries(owners).filter(([owner]) => there(owner)).map(([owner, told]) => {
    const task = owner.startsWith("tasks[") && valueAt(scenario, owner);
    return [owner, { label: task ? task.label[speak.language] : told.label, source: hasEntry(scenario, owner) ? source(owner) : told.source }];
  });
  const heads = scenario.leaders.slice(1).map(({ id }) => [`leaders[${id}]`, { label: label(id), source: source(`leaders[${id}]`) }]);
  return Object.fromEntries([...found, ...heads]);
}
