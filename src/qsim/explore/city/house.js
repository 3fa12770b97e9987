/**
 * "So sieht das Modell Ihre Stadt": the tree of divisions and offices that the answers lead to, what of it is stated and what
 * assumed, as data; and what becomes of the answers when something of it is corrected. Plain functions, no page.
 */
import { monthNumber, valueAt } from "./scenario_file.js";
import { cleanText, isAsked, officesStated, partsOf, scenarioOf, sizesOf, statedValue, unitedOffices } from "./answers.js";

const NEVER = "2100-01";
const MOST_CHOICES = 4;

/** Return the offices of a scenario as the model builds them: {id, label, division, weight, members, relevance by kind}. */
export function officesOf(data, scenario) {
  const { departments, own_departments: own = [], divisions } = scenario.administration;
  const catalogue = data.catalogue.departments.entries;
  const size = typeof departments === "number" ? departments : Math.round((departments.between[0] + departments.between[1]) / 2);
  const stated = new Map(own.map((entry) => [entry.id, entry]));
  const ids = catalogue.filter((entry, index) => index < size || stated.has(entry.id)).map((entry) => entry.id);
  ids.push(...own.map((entry) => entry.id).filter((id) => !ids.includes(id)));
  const kinds = scenario.tasks.map((task) => task.kind);
  return [...unitedOffices(data, ids)].map(([id, members]) => {
    const entry = stated.get(id) ?? {};
    return {
      id,
      label: entry.label ?? members[0].label,
      division: entry.division ?? divisions.find((division) => division.departments?.includes(id))?.id,
      weight: entry.staff_weight ?? (members.length ? members.reduce((sum, member) => sum + member.staff_weight, 0) : 1),
      members,
      relevance: kinds.map((kind) => entry.tasks?.find((task) => task.kind === kind)?.relevance ?? unitedRelevance(data, members, kind)),
    };
  });
}

function unitedRelevance(data, members, kind) {
  const staff = members.reduce((sum, member) => sum + member.staff_weight, 0);
  const of = (member) => (member[kind] ?? data.catalogue.departments.other).relevance;
  return members.length ? members.reduce((sum, member) => sum + of(member) * member.staff_weight, 0) / staff : 0;
}

/**
 * Return what the model takes the city to be:
 * {title, offices, staff: [least, most], known, assumed, unit: {place, id}, divisions, facts}
 * - divisions: [{id, label, stated, posts: [least, most], unit, offices}]
 * - offices of a division: [{id, label, usual, own, maybe, posts: [least, most], relevance: number or [least, most], does: [labels],
 *   counted: [labels of what is done elsewhere], size, stated: {label, division, size, relevance}}]; size and relevance as they are stated, undefined where they are not
 * - facts: [{id, label, parts: [{part, text, stated, value}]}], a question each; value is what is assumed where no control says so
 * - unit: place is "none", "open", "top", "division" or "office", the latter two with an id
 */
export function houseView(data, answers, language) {
  const scenario = scenarioOf(data, answers);
  const offices = officesOf(data, scenario);
  const given = new Map((officesStated(data, answers) ?? []).map((office) => [office.id, office]));
  const { departments, divisions, staff } = scenario.administration;
  const total = endsOf(staff);
  const weights = offices.reduce((sum, office) => sum + office.weight, 0);
  const usual = new Map(data.catalogue.departments.entries.map((entry) => [entry.id, entry.label[language]]));
  const least = typeof departments === "number" ? Infinity : departments.between[0];
  const unit = unitPlace(scenario, offices), elsewhere = data.figures.elsewhere.entries;
  const shown = offices.map((office, index) => {
    const answer = given.get(office.id) ?? {};
    return {
      id: office.id,
      label: office.label[language],
      usual: usual.get(office.id),
      own: !usual.has(office.id),
      division: office.division,
      maybe: index >= least,
      posts: total.map((end) => (end * office.weight) / weights),
      relevance: strongest(office.relevance),
      does: office.members.filter((member) => member.id !== office.id && !elsewhere[member.id]).map((member) => member.label[language]),
      counted: office.members.filter((member) => member.id !== office.id && elsewhere[member.id]).map((member) => notedLabel(data, member, language)),
      size: answer.size,
      unit: unit.place === "office" && unit.id === office.id,
      stated: { office: given.has(office.id), ...Object.fromEntries(["label", "division", "size", "relevance"].map((key) => [key, answer[key] !== undefined])) },
    };
  });
  const facts = factsOf(data, answers, scenario, language);
  const known = facts.flatMap((fact) => fact.parts).filter((part) => part.stated).length + given.size;
  const assumed = facts.flatMap((fact) => fact.parts).filter((part) => !part.stated).length + offices.length - given.size;
  return {
    title: scenario.label[language],
    offices: typeof departments === "number" ? [offices.length, offices.length] : departments.between,
    staff: total,
    known,
    assumed,
    unit,
    divisions: divisions.map((division) => {
      const held = shown.filter((office) => office.division === division.id);
      return {
        id: division.id,
        label: division.label[language],
        stated: Array.isArray(answers.divisions),
        unit: unit.place === "division" && unit.id === division.id,
        posts: [0, 1].map((end) => held.reduce((sum, office) => sum + office.posts[end], 0)),
        offices: held,
      };
    }),
    facts,
  };
}

/** Return the label of an office of the catalogue, with where its work is done if that is not always in the house. */
export function notedLabel(data, entry, language) {
  const note = data.figures.elsewhere.entries[entry.id]?.[language], label = entry.label[language];
  return note ? filled(data.words.noted[language], { label, note }) : label;
}

function endsOf(value) {
  return typeof value === "number" ? [value, value] : value.between;
}

function middleOf(value) {
  return 0.5 * (endsOf(value)[0] + endsOf(value)[1]);
}

function strongest(values) {
  return values.reduce((most, value) => (middleOf(value) > middleOf(most) ? value : most));
}

function unitPlace(scenario, offices) {
  const [unit] = scenario.commissioners;
  if (unit.funding[0].posts === 0) return { place: "none" };
  if (typeof unit.position !== "string") return { place: "open" };
  if (!["section", "line_unit"].includes(unit.position)) return { place: "top" };
  const sum = (office) => office.relevance.reduce((total, value) => total + middleOf(value), 0);
  const most = offices.reduce((best, office) => (sum(office) > sum(best) + 1e-12 ? office : best));
  const at = offices.find((office) => office.id === unit.department) ?? offices.find((office) => office.members.some((one) => one.id === unit.department)) ?? most;
  return unit.position === "section" ? { place: "office", id: at.id } : { place: "division", id: unit.division ?? at.division };
}

function factsOf(data, answers, scenario, language) {
  return data.questions.questions
    .map((question) => ({
      id: question.id,
      label: question.label[language],
      parts: question.parts
        .filter((part) => part.kind !== "offices" && isAsked(part, answers))
        .map((part) => ({ part, ...factOf(data, part, answers, scenario, language) })),
    }))
    .filter((fact) => fact.parts.length);
}

function factOf(data, part, answers, scenario, language) {
  const stated = statedValue(data, part, answers);
  const say = (id, values) => filled(data.words[id][language], values);
  if (part.kind === "having") {
    if (stated === undefined) return { stated: false, text: say("unknown") };
    if (typeof stated === "boolean") return { stated: true, text: say(stated ? "yes" : "no") };
    return { stated: true, text: say("since_text", { month: valueText(data, part, stated, language) }) };
  }
  if (stated === undefined) return { stated: false, text: say("unknown"), value: assumedValue(data, part, answers, scenario) };
  if (part.kind === "choice") return { stated: true, text: stated.label[language] };
  if (part.kind === "office") return { stated: true, text: officesOf(data, scenario).find((office) => office.id === stated)?.label[language] ?? stated };
  return { stated: true, text: valueText(data, part, stated, language) };
}

/** Return what stands for a part that nobody answered, where it has one value and no control of its own. */
function assumedValue(data, part, answers, scenario) {
  const given = (id) => statedValue(data, partsOf(data).find((one) => one.id === id), answers);
  const sizes = sizesOf(data, given("inhabitants"), given("employees")).assumed;
  if (part.id in sizes) return sizes[part.id];
  if (part.kind === "month" && part.set) return valueAt(scenario, Object.keys(part.set)[0]);
  return part.told ?? part.unknown?.label ?? (part.kind === "text" ? part.unknown : undefined);
}

/** Return where the size of the house comes from, in sentences: what of it was not stated. */
export function sizeSources(data, answers, language) {
  const stated = (id) => statedValue(data, partsOf(data).find((part) => part.id === id), answers) !== undefined;
  const people = stated("inhabitants") && !stated("employees");
  const used = stated("staff") ? [] : [...(people ? ["employees"] : []), ...(people || stated("employees") ? ["office_share"] : [])];
  return [...used, ...(stated("offices") ? [] : ["offices"])].map((name) => data.figures[name].told[language]);
}

/** Return a value as people read it: a number, a month, a range or some choices; shares of parts in per cent. */
export function valueText(data, part, value, language) {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  const one = (each) => (each === NEVER ? data.words.never[language] : typeof each === "number" ? number.format(each / (part.scale ?? 1))
    : monthNumber(each) === null ? each : month.format(Date.UTC(...each.split("-").map((number, place) => Number(number) - place))));
  if (value === null || typeof value !== "object") return one(value);
  if (value.de !== undefined) return value[language];
  if (value.between) {
    const [low, high] = value.between;
    if (typeof low === "string" && low.slice(0, 4) === high.slice(0, 4) && low.endsWith("-01") && high.endsWith("-12")) return low.slice(0, 4);
    return filled(data.words.range[language], { low: one(low), high: one(high) });
  }
  const choices = [...new Set(value.one_of.map(one))];
  if (choices.length === 1 || choices.length > MOST_CHOICES + 1) return choices.join(", ");
  return filled(data.words.or[language], { first: choices.slice(0, -1).join(", "), last: choices.at(-1) });
}

/** Return a text with {names} filled in. */
export function filled(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/**
 * Return the answers after a correction; the given ones stay as they are. A correction is one of
 * {part, value} (undefined: don't know), {office, field, value} (field: label, division, size or relevance), {remove: office},
 * {add: label, division}, {division, label}, {removeDivision: division}, {addDivision: label}.
 */
export function corrected(data, answers, correction) {
  const next = structuredClone(answers);
  if (correction.part) {
    if (correction.value === undefined) delete next[correction.part];
    else next[correction.part] = correction.value;
    return next;
  }
  if (correction.division && correction.label !== undefined || correction.removeDivision || correction.addDivision) {
    const divisions = scenarioOf(data, answers).administration.divisions.map(({ id, label }) => ({ id, label: label[next.lang === "en" ? "en" : "de"] }));
    const found = divisions.find((division) => division.id === correction.division);
    if (found) found.label = cleanText(correction.label) || found.label;
    if (correction.addDivision) divisions.push({ id: freeId("division", divisions), label: correction.addDivision });
    next.divisions = divisions.filter((division) => division.id !== correction.removeDivision);
    return next.divisions.length ? next : answers;
  }
  next.offices = settledAnswers(data, next).offices;
  const office = next.offices.find((one) => one.id === correction.office);
  if (office) office[correction.field] = correction.field === "label" ? cleanText(correction.value) || undefined : correction.value;
  if (correction.add) next.offices.push({ id: freeId("own", next.offices), label: correction.add, division: correction.division });
  next.offices = next.offices.filter((one) => one.id !== correction.remove);
  return next;
}

/** Return answers that name the offices that houseView shows, so that a run has this house and no other. */
export function settledAnswers(data, answers) {
  const offices = officesStated(data, answers) ?? officesOf(data, scenarioOf(data, answers)).map(({ id }) => ({ id }));
  return { ...structuredClone(answers), offices };
}

function freeId(stem, entries) {
  const taken = new Set(entries.map((entry) => entry.id));
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}


/** Return how many of the parts that are asked are answered, as [answered, asked]. */
export function progressOf(data, answers) {
  const asked = partsOf(data).filter((part) => !part.later && isAsked(part, answers));
  return [asked.filter((part) => statedValue(data, part, answers) !== undefined).length, asked.length];
}
