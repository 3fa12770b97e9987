/**
 * The page of "Meine Stadt": the questions as native controls, then the house as a nested list in which all can be corrected.
 * Whatever comes from people is set as text. Labels, ranges and answers come from the data, words from words.yaml.
 */
import { isAsked, startOf } from "./answers.js";
import { field, make, officesField } from "./questions.js";
import { corrected, filled, houseView, settledAnswers, sizeSources, valueText } from "./house.js";

/**
 * Open the questions in an element. settings: {data, language, answers, view: "questions" or "house", onResults(answers),
 * onFile(input, told), entryOf(answers): what the page says of the city}; the answers that onResults gets name all offices, so that what was shown is what runs; onFile gets the
 * field with a file, and the element in which to tell what comes of it. Returns {answers(), view(), show(view)}.
 */
export function openCity(root, settings) {
  const state = { ...settings, answers: { start: startOf(settings.answers ?? {}), ...settings.answers, lang: settings.language }, root };
  state.say = (id, values) => filled(settings.data.words[id][settings.language], values);
  state.status = make("p", { role: "status", class: "help" });
  state.body = make("div");
  root.classList.add("city");
  state.released = Promise.resolve();
  root.onpointerdown = () => {
    state.released = new Promise((done) => ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, done, { once: true })));
  };
  root.replaceChildren(state.body, state.status);
  const show = (view) => {
    state.view = view;
    (view === "house" ? showHouse : showQuestions)(state);
    if (state.shown) state.body.querySelector("h2").focus();
    state.shown = true;
  };
  state.show = show;
  show(settings.view ?? "questions");
  return { answers: () => structuredClone(state.answers), view: () => state.view, show };
}

function showQuestions(state) {
  const { data, language, say } = state;
  const fields = [];
  const answer = (part, value) => {
    state.answers = corrected(data, state.answers, { part: part.id, value });
    for (const [one, element] of fields) element.hidden = !isAsked(one, state.answers);
    if (part.kind === "number") state.countOffices();
  };
  const sections = data.questions.questions.map((question, index) => {
    const parts = question.parts.filter((part) => !part.later);
    const made = parts.map((part) => (part.kind === "offices" ? officesField(state) : field(state, part, answer)));
    parts.forEach((part, place) => fields.push([part, made[place]]));
    return make("section", { "aria-labelledby": `question_${question.id}` },
      make("p", { class: "help" }, say("question", { n: index + 1, all: data.questions.questions.length })),
      make("h2", { id: `question_${question.id}`, tabindex: -1 }, question.label[language]),
      make("p", { class: "help" }, question.help[language]), ...made);
  });
  for (const [part, element] of fields) element.hidden = !isAsked(part, state.answers);
  const told = make("p", { role: "status" });
  const file = make("input", { type: "file", id: "city_file", accept: ".yaml,.yml", change: (event) => state.onFile(event.target, told) });
  state.body.replaceChildren(make("p", {}, say("lead")), make("p", {}, make("label", { for: "city_file" }, say("open_file")), " ", file), told, ...sections, make("button", { type: "button", class: "next", "data-key": "to_house", click: () => state.show("house") }, say("show_house")));
}

function showHouse(state) {
  const { data, language, say } = state;
  const view = houseView(data, state.answers, language);
  const range = (ends) => valueText(data, {}, Math.round(ends[0]) === Math.round(ends[1]) ? Math.round(ends[0]) : { between: ends.map(Math.round) }, language);
  const lead = say("house_lead", { offices: range(view.offices), divisions: view.divisions.length, staff: range(view.staff), known: view.known, assumed: view.assumed });
  const correct = (correction) => {
    state.answers = corrected(data, state.answers, correction);
    state.released.then(() => setTimeout(() => redraw(state)));
  };
  const context = { ...state, view, range, correct, entry: state.entryOf(state.answers) };
  state.lead = lead;
  state.body.replaceChildren(make("section", { "aria-labelledby": "house_title" },
    make("h2", { id: "house_title", tabindex: -1 }, `${say("house_title")}: ${view.title}`), make("p", {}, lead),
    ...sizeSources(data, state.answers, language).map((text) => make("p", { class: "help" }, text)),
    make("h3", { id: "house_tree" }, say("tree")), tree(context),
    make("h3", {}, say("facts")), ...view.facts.map((fact) => factsList(context, fact)), restList(context),
    make("button", { type: "button", "data-key": "to_questions", click: () => state.show("questions") }, say("to_questions")),
    make("button", { type: "button", class: "next", "data-key": "show_results", click: () => state.onResults(settledAnswers(data, state.answers)) }, say("show_results"))));
}

/**
 * Draw the house again: what was open stays open, what had the focus has it, and the change is announced. It waits until a
 * press has become a click, as what is pressed would be gone.
 */
function redraw(state) {
  if (state.view !== "house" || state.root.hidden) return;
  const open = new Map([...state.body.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open]));
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  showHouse(state);
  for (const one of state.body.querySelectorAll("details[data-key]")) if (open.has(one.dataset.key)) one.open = open.get(one.dataset.key);
  const target = focused && state.body.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  (target || state.body.querySelector("h2")).focus();
  state.status.textContent = state.say("announced", { lead: state.lead });
}

function tree(context) {
  const { view, say, correct } = context;
  const place = { none: "unit_none", open: "unit_open", top: "unit_at" }[view.unit.place];
  const add = (label, correction, key) => make("button", { type: "button", "data-key": key, click: () => correct(correction) }, label);
  return make("ul", { "aria-labelledby": "house_tree" },
    make("li", {}, make("strong", {}, say("top")), place ? mark(say(place)) : undefined,
      make("ul", {}, ...view.divisions.map((division) => make("li", {}, divisionItem(context, division)))),
      add(say("add_division"), { addDivision: say("new_division") }, "add_division")));
}

function mark(text) {
  return make("span", { class: "mark" }, ` · ${text}`);
}

function divisionItem(context, division) {
  const { say, correct, range, view } = context;
  const key = `division_${division.id}`;
  return make("details", { "data-key": `${key}_details`, open: true },
    make("summary", { "data-key": `${key}_summary` }, make("strong", {}, division.label),
      mark(say("division_text", { n: division.offices.length, posts: range(division.posts) })), mark(say(division.stated ? "stated" : "assumed")),
      division.unit ? mark(say("unit_at")) : undefined),
    make("ul", {}, ...division.offices.map((office) => make("li", {}, officeItem(context, office)))),
    make("details", { class: "tools", "data-key": `${key}_tools` }, make("summary", { "data-key": `${key}_change` }, say("change_division", { label: division.label })),
      labelled(say("label"), make("input", { type: "text", id: key, "data-key": key, maxlength: 80, autocomplete: "off", value: division.label, change: (event) => correct({ division: division.id, label: event.target.value }) })),
      view.divisions.length > 1 ? make("button", { type: "button", "data-key": `${key}_remove`, click: () => correct({ removeDivision: division.id }) }, say("remove_division", { label: division.label })) : undefined,
      make("button", { type: "button", "data-key": `${key}_add`, click: () => correct({ add: say("new_office"), division: division.id }) }, say("add_office", { label: division.label }))));
}

function labelled(text, control) {
  return make("div", { class: "field" }, make("label", { for: control.id }, text), control);
}

function officeItem(context, office) {
  const { data, language, say, correct, range, view } = context;
  const key = `house_${office.id}`;
  const { size, relevance } = data.figures.corrections;
  const nearest = [...relevance].sort((one, other) => Math.abs(one.value - office.relevance) - Math.abs(other.value - office.relevance))[0];
  const concern = typeof office.relevance === "number" ? nearest.label[language] : say("open_relevance");
  const choose = (field, options, chosen, open) => labelled(say(field), make("select", { id: `${key}_${field}`, "data-key": `${key}_${field}`, change: (event) => correct({ office: office.id, field, value: valueOfOption(field, event.target.value) }) },
    open ? make("option", { value: "" }, `${say("assumed")}: ${open}`) : undefined,
    ...options.map((option) => make("option", { value: option.value, selected: option.value === chosen }, option.label))));
  const worded = (options) => options.map((option) => ({ value: option.value, label: option.label[language] }));
  return make("details", { "data-key": `${key}_details` },
    make("summary", { "data-key": `${key}_summary` }, office.label,
      mark(say(office.maybe ? "maybe" : office.stated.office ? "stated" : "assumed")), office.unit ? mark(say("unit_at")) : undefined,
      mark(say("office_text", { posts: range(office.posts), relevance: concern })),
      mark(say(office.stated.size && office.stated.relevance ? "stated" : "assumed"))),
    office.does.length ? make("p", { class: "help" }, say("does", { others: office.does.join(", ") })) : undefined,
    office.counted.length ? make("p", { class: "help" }, say("counted", { others: office.counted.join(", ") })) : undefined,
    make("div", { class: "tools" },
      labelled(say("label"), make("input", { type: "text", id: `${key}_label`, "data-key": `${key}_label`, maxlength: 80, autocomplete: "off", value: office.label, change: (event) => correct({ office: office.id, field: "label", value: event.target.value }) })),
      choose("division", view.divisions.map((division) => ({ value: division.id, label: division.label })), office.division),
      choose("size", worded(size), office.size ?? 1),
      choose("relevance", worded(relevance), office.stated.relevance ? nearest.value : undefined, office.stated.relevance ? undefined : concern),
      office.id === data.catalogue.departments.entries[0].id ? undefined : make("button", { type: "button", "data-key": `${key}_remove`, click: () => correct({ remove: office.id }) }, say("remove_office", { label: office.label }))));
}

function valueOfOption(field, value) {
  if (value === "") return undefined;
  return field === "division" ? value : Number(value);
}

function factsList(context, fact) {
  const { language, say, correct } = context;
  const answer = (part, value) => correct({ part: part.id, value });
  return make("details", { "data-key": `fact_${fact.id}` },
    make("summary", { "data-key": `fact_${fact.id}_summary` }, fact.label),
    make("dl", {}, ...fact.parts.flatMap(({ part, text, stated, value }) => [make("dt", {}, part.label[language]),
      make("dd", {}, text, stated ? mark(say("stated")) : undefined), ...assumedOf(context, part, stated, value)])),
    make("div", { class: "tools" }, ...fact.parts.map(({ part }) => field(context, part, answer))));
}

/** What the model assumes of a part: ranges of the values that it writes, of one that was stated in words those it stands for. */
function assumedOf({ data, entry, language, say }, part, stated, value) {
  const open = entry.controls.filter((control) => control.from === part.id && control.range);
  const told = !stated && value !== undefined ? [say("assumed_as", { values: valueText(data, part, value, language) })] : [];
  const [meant, assumed] = [true, false].map((own) => listed(open.filter((control) => control.stated === own), say));
  if (meant) told.push(say("computed_as", { values: meant }));
  if (assumed) told.push(say("assumed_as", { values: assumed }));
  return told.map((text) => make("dd", { class: "help" }, text));
}

function listed(controls, say) {
  return controls.map(({ label, range }) => say("assumed_value", { label, value: range })).join("; ");
}

/** What no question asks for, and the model assumes. */
function restList({ entry, say }) {
  const open = entry.controls.filter((control) => control.from === undefined && control.range);
  const owners = [...new Set(open.map(({ owner }) => owner))].map((owner) => [entry.owners[owner].label, open.filter((one) => one.owner === owner)]);
  return make("details", { "data-key": "fact_rest" }, make("summary", { "data-key": "fact_rest_summary" }, say("not_asked")),
    make("ul", {}, ...owners.map(([label, own]) => make("li", {}, `${label}: ${listed(own, say)}`))));
}
