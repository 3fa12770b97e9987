/**
 * From the answers of "Meine Stadt" to a scenario: applies questions.yaml and figures.yaml, and holds no number of its own.
 *
 * data     {questions, figures, words, catalogue}: the files of this folder and scenario/catalogue.yaml, as city_data() gives them
 * answers  {start: "2026-11", lang: "de", ID OF A PART: answer}; what is left out or makes no sense counts as "don't know".
 *          number: a number; text: text; month: "2024" or "2024-05"; choice: the id of an answer;
 *          having: false, true or {since: month}; office: an id of an office;
 *          offices: [{id, label, division, size, relevance}], of which only id must be there; own_1 to own_99 are
 *          offices that the catalogue lacks; divisions: [{id, label}] in place of the usual cut, own ones division_1 to division_99
 * Plain functions, no state, no page: the same answers give the same scenario.
 */

const MONTH = /^(19[5-9]\d|20\d\d|21[0-4]\d)-(0[1-9]|1[0-2])$/;
const OWN_OFFICE = /^own_[1-9]\d?$/;
const OWN_DIVISION = /^division_[1-9]\d?$/;
const MOST_OFFICES = 120;
const MOST_DIVISIONS = 15;
const OWN_SLOTS = 5000;

export function partsOf(data) {
  return data.questions.questions.flatMap((question) => question.parts);
}

/** Return text without what is no text, at most 80 characters; empty if there is none. */
export function cleanText(raw) {
  return typeof raw === "string" ? raw.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim().slice(0, 80).trim() : "";
}

/** Return the month that lies so many months after another. */
export function monthAfter(month, months) {
  const [year, index] = month.split("-").map(Number);
  const count = 12 * year + index - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** Return the first month of the run: that of the answers, if it is one. */
export function startOf(answers) {
  return MONTH.test(answers.start) ? answers.start : new Date().toISOString().slice(0, 7);
}

/** Return what an answer states, undefined if it states nothing or makes no sense. */
export function statedValue(data, part, answers) {
  const raw = Object.hasOwn(answers, part.id) ? answers[part.id] : undefined;
  const reads = {
    number: () => (typeof raw === "number" && raw >= part.min && raw <= part.max ? rounded(raw * (part.scale ?? 1)) : undefined),
    text: () => (cleanText(raw) ? { de: cleanText(raw), en: cleanText(raw) } : undefined),
    month: () => monthStated(data, raw, answers),
    choice: () => part.answers.find((answer) => answer.id === raw),
    having: () => (raw === false || raw === true ? raw : raw?.since === undefined ? undefined : (monthStated(data, raw.since, answers) ?? true)),
    office: () => (officesStated(data, answers)?.some((office) => office.id === raw) ?? catalogueIds(data).has(raw) ? raw : undefined),
    offices: () => officesStated(data, answers),
  };
  return reads[part.kind]();
}

/** Return whether a part is asked, given the other answers. */
export function isAsked(part, answers) {
  return Object.entries(part.if ?? {}).every(([id, wanted]) => [wanted].flat().includes(answers[id]));
}

function monthStated(data, raw, answers) {
  const text = String(raw ?? "").trim();
  if (MONTH.test(text)) return text;
  if (!MONTH.test(`${text}-01`)) return undefined;
  return { between: [`${text}-01`, `${text}-12`], reason: data.questions.year[languageOf(answers)] };
}

/** Return the offices of the answers, the catalogue's in its order, undefined if none are given; its first always stands. */
export function officesStated(data, answers) {
  if (!Array.isArray(answers.offices)) return undefined;
  const usual = [...catalogueIds(data)];
  const [first] = usual;
  const offices = new Map([[first, { id: first }]]);
  for (const office of answers.offices.slice(0, MOST_OFFICES)) if (usual.includes(office?.id) || isOwn(OWN_OFFICE, office?.id)) offices.set(office.id, office);
  return [...usual.filter((id) => offices.has(id)), ...[...offices.keys()].filter((id) => !usual.includes(id))].map((id) => offices.get(id));
}

/** Return the divisions: those of the answers, or the usual cut into so many; `of` says what they hold of the catalogue's. */
export function divisionsOf(data, answers, count) {
  const cut = data.figures.cuts.entries.find((entry) => entry.length >= count) ?? data.figures.cuts.entries.at(-1);
  if (!Array.isArray(answers.divisions)) return cut;
  const given = new Map();
  for (const division of answers.divisions.slice(0, MOST_DIVISIONS)) {
    const label = cleanText(division?.label);
    const usual = cut.find((entry) => entry.id === division?.id);
    const known = data.catalogue.divisions.entries.some((entry) => entry.id === division?.id);
    if ((known || isOwn(OWN_DIVISION, division?.id)) && (label || usual)) {
      given.set(division.id, { id: division.id, label: label ? { de: label, en: label } : usual.label, of: usual?.of ?? [] });
    }
  }
  return given.size ? [...given.values()] : cut;
}

/** Return [least, most] at so many inhabitants, between the points of a figure by the logarithm of inhabitants. */
export function figureAt(points, inhabitants) {
  const next = points.findIndex((point) => point[0] >= inhabitants);
  if (next === 0) return points[0].slice(1);
  if (next < 0) return points.at(-1).slice(1);
  const [low, high] = [points[next - 1], points[next]];
  const way = Math.log(inhabitants / low[0]) / Math.log(high[0] / low[0]);
  return [1, 2].map((end) => low[end] + way * (high[end] - low[end]));
}

/**
 * Return what public figures say of a city of this size: inhabitants (undefined if unknown), staff, offices, divisions; what
 * of inhabitants and employees is `assumed` from the other.
 */
export function sizesOf(data, inhabitants, employees) {
  const { figures } = data;
  const mean = (ends) => 0.5 * (ends[0] + ends[1]);
  const people = inhabitants ?? (employees === undefined ? undefined : employees * mean(figures.inhabitants_an_employee.between));
  const [least, most] = figures.office_share.between;
  let staff = figures.without.staff;
  if (employees !== undefined) staff = [employees * least, employees * most];
  else if (people !== undefined) {
    const [few, many] = figureAt(figures.employees.points, people);
    staff = [(few * least * people) / 1000, (many * most * people) / 1000];
  }
  const estimate = ([low, high]) => ({ between: [Math.round(low), Math.round(high)] });
  const assumed = {};
  if (employees === undefined && people !== undefined) assumed.employees = estimate(figureAt(figures.employees.points, people).map((each) => (each * people) / 1000));
  if (inhabitants === undefined && employees !== undefined) assumed.inhabitants = estimate(figures.inhabitants_an_employee.between.map((each) => each * employees));
  const at = (name) => (people === undefined ? figures.without[name] : figureAt(figures[name].points, people)).map(Math.round);
  return { inhabitants: people, assumed, staff: wholeRange(staff, 2), offices: at("offices"), divisions: Math.round(mean(at("divisions"))) };
}

function wholeRange([low, high], least) {
  const from = Math.max(least, Math.round(low));
  return { between: [from, Math.max(from + 1, Math.round(high))] };
}

/** Return for each office that stands those of the catalogue that it does the work of, itself first. */
export function unitedOffices(data, ids) {
  const entries = new Map(data.catalogue.departments.entries.map((entry) => [entry.id, entry]));
  const united = new Map(ids.map((id) => [id, []]));
  for (const entry of entries.values()) {
    let holder = entry;
    while (holder && !united.has(holder.id)) holder = entries.get(holder.united_with);
    if (holder) united.get(holder.id).push(entry);
  }
  return united;
}

/** Return the answer that says the task, or what stands for it. */
export function taskOf(data, answers) {
  const part = partsOf(data).find(({ id }) => id === "task");
  return (statedValue(data, part, answers) ?? part.unknown).id;
}

/** Return the scenario of these answers, as plain data that a scenario file holds. */
export function scenarioOf(data, answers) {
  const parts = partsOf(data);
  const stated = Object.fromEntries(parts.map((part) => [part.id, isAsked(part, answers) ? statedValue(data, part, answers) : undefined]));
  const chosen = Object.fromEntries(parts.filter((part) => part.kind === "choice").map((part) => [part.id, stated[part.id] ?? part.unknown]));
  const sizes = sizesOf(data, stated.inhabitants, stated.employees);
  const values = { size_inhabitants: sizes.inhabitants, size_staff: sizes.staff, tasks: chosen.task.set.tasks.map((task) => task.id) };
  const context = { values, chosen, start: startOf(answers), language: languageOf(answers) };
  for (const part of parts) values[part.id] = valueOf(data, part, stated[part.id], context);
  const scenario = evaluate(data.questions.base, context);
  Object.assign(scenario.administration, administrationOf(data, answers, stated.offices, sizes, chosen.task));
  values.host_division = placeOf(scenario, data, stated.host);
  for (const part of parts) {
    if (part.kind === "having" && stated[part.id] === false) continue;
    for (const set of [chosen[part.id]?.set, part.set]) {
      for (const [key, value] of Object.entries(set ?? {})) put(scenario, key, evaluate(value, context));
    }
  }
  return scenario;
}

function valueOf(data, part, stated, context) {
  if (part.kind === "choice") return evaluate(context.chosen[part.id].value, context);
  if (part.kind === "having" && stated === true) return evaluate(data.questions.having.since, context);
  if (stated !== undefined) return stated;
  return evaluate(part.kind === "having" ? data.questions.having.unknown : part.unknown, context);
}

/** Return what a template of questions.yaml stands for; undefined where it stands for nothing. */
function evaluate(template, context) {
  if (typeof template === "string" && template.startsWith("$")) return structuredClone(context.values[template.slice(1)]);
  if (template === null || typeof template !== "object") return template;
  if (Array.isArray(template)) return template.map((entry) => evaluate(entry, context)).filter((entry) => entry !== undefined);
  if (Object.hasOwn(template, "month")) {
    const from = (months) => monthAfter(context.start, months);
    return Array.isArray(template.month) ? { between: template.month.map(from), ...reasonOf(template, context) } : from(template.month);
  }
  if (Object.hasOwn(template, "by")) {
    const number = context.values[template.by];
    const step = template.steps.find(([most]) => number <= most);
    return evaluate(number === undefined ? template.without : step ? step[1] : template.otherwise, context);
  }
  if (Object.hasOwn(template, "case")) return evaluate(template.of[context.chosen[template.case].id] ?? template.otherwise, context);
  const entries = Object.entries(template).filter(([key]) => key !== "reason").map(([key, value]) => [key, evaluate(value, context)]);
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), ...reasonOf(template, context) };
}

function reasonOf(template, context) {
  return template.reason ? { reason: template.reason[context.language] } : {};
}

function administrationOf(data, answers, offices, sizes, task) {
  const divisions = divisionsOf(data, answers, sizes.divisions);
  const catalogue = data.catalogue.departments.entries;
  const homes = new Map(catalogue.map((entry) => [entry.id, homeOf(divisions, entry.division)]));
  const holds = (division) => catalogue.map((entry) => entry.id).filter((id) => homes.get(id) === division.id);
  const kinds = task.set.tasks.map((entry) => entry.kind);
  if (!offices) {
    const [low, high] = sizes.offices;
    const found = { departments: low < high ? { between: [low, high] } : low };
    if (task.concern) found.own_departments = catalogue.slice(0, low).map(({ id }) => ({ id, tasks: kinds.map((kind) => ({ kind, ...task.concern })) }));
    return { ...found, divisions: divisions.map((division) => ({ id: division.id, label: division.label, departments: holds(division) })) };
  }
  const united = unitedOffices(data, offices.map((office) => office.id));
  const slots = offices.filter((office) => !homes.has(office.id)).map((office) => office.id);
  const own = offices.map((office) => ({
    id: office.id,
    ...(slots.includes(office.id) ? { slot: OWN_SLOTS + slots.indexOf(office.id) } : {}),
    ...labelOf(office, slots.includes(office.id)),
    division: divisions.find((entry) => entry.id === office.division)?.id ?? homes.get(office.id) ?? divisions[0].id,
    ...weightOf(united.get(office.id), office),
    ...tasksOf(data, office, kinds, task.concern ?? (slots.includes(office.id) ? data.figures.corrections.own : undefined)),
  }));
  const kept = Array.isArray(answers.divisions) ? divisions : divisions.filter(({ id }) => own.some((office) => office.division === id));
  return { departments: 1, own_departments: own, divisions: kept.map(({ id, label }) => ({ id, label })) };
}

function homeOf(divisions, catalogueDivision) {
  return (divisions.find((division) => division.of.includes(catalogueDivision)) ?? divisions[0]).id;
}

function labelOf(office, needed) {
  const label = cleanText(office.label) || (needed ? office.id : "");
  return label ? { label: { de: label, en: label } } : {};
}

function weightOf(members, office) {
  const factor = typeof office.size === "number" && office.size >= 0.1 && office.size <= 10 ? office.size : 1;
  if (factor === 1) return {};
  return { staff_weight: rounded(factor * (members.reduce((sum, member) => sum + member.staff_weight, 0) || 1)) };
}

function tasksOf(data, office, kinds, concern) {
  const relevance = typeof office.relevance === "number" && office.relevance >= 0 && office.relevance <= 1 ? { relevance: office.relevance } : {};
  if (!concern && relevance.relevance === undefined) return {};
  return { tasks: kinds.map((kind) => ({ kind, ...structuredClone(concern ?? {}), ...relevance })) };
}

function placeOf(scenario, data, office) {
  const { divisions, own_departments: own = [] } = scenario.administration;
  return own.find((entry) => entry.id === office)?.division ?? divisions.find((entry) => entry.departments?.includes(office))?.id;
}

/** Write a value at a key of the scenario; entries of lists are found by their id, or made; `head_*` is every head. */
function put(scenario, key, value) {
  if (value === undefined) return;
  if (key.includes("head_*")) {
    for (const { id } of scenario.administration.divisions) put(scenario, key.replace("head_*", `head_${id}`), structuredClone(value));
    return;
  }
  const steps = [...key.matchAll(/([a-z_]+)(?:\[([a-z0-9_]+)\])?/g)];
  let node = scenario;
  for (const [index, [, name, id]] of steps.entries()) {
    const last = index === steps.length - 1;
    if (last && !id) node[name] = value;
    else if (!id) node = node[name] ??= {};
    else {
      const list = (node[name] ??= []);
      let entry = list.find((one) => one.id === id);
      if (!entry) list.push((entry = name === "leaders" ? { id, kind: id.split("_")[0] } : { id }));
      if (last) Object.assign(entry, value);
      node = entry;
    }
  }
}

function isOwn(pattern, raw) {
  return typeof raw === "string" && pattern.test(raw);
}

function catalogueIds(data) {
  return new Set(data.catalogue.departments.entries.map((entry) => entry.id));
}

function languageOf(answers) {
  return answers.lang === "en" ? "en" : "de";
}

function rounded(number) {
  return Number(number.toPrecision(12));
}
