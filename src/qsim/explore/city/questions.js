/**
 * The questions as native controls with labels, help and messages. Whatever comes from people is set as text.
 * A control takes `state`: {data, language, answers, say(id, values)}.
 */
import { officesStated, scenarioOf, statedValue } from "./answers.js";
import { monthIn, monthText, numberIn } from "./numbers.js";
import { corrected, houseView, notedLabel, officesOf, valueText } from "./house.js";

/** Make an element; texts among the children stay texts. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** Return the control of a part, which calls `answer(part, value)`; undefined stands for "don't know". */
export function field(state, part, answer) {
  const makes = { choice: radios, having: havingField, number: typed, month: typed, text: typed, office: officeField };
  return makes[part.kind](state, part, answer);
}

function radio(name, id, label, checked, pick) {
  const input = make("input", { type: "radio", name, id: `${name}_${id}`, "data-key": `${name}_${id}`, checked, change: pick });
  return make("div", { class: "choice" }, input, make("label", { for: `${name}_${id}` }, label));
}

function radioGroup(state, part, options, answer, ...more) {
  const { language } = state;
  const name = `answer_${part.id}`;
  const choices = options.map(([id, label, checked, value]) => radio(name, id, label, checked, () => answer(part, value)));
  const help = part.help ? make("p", { class: "help", id: `${name}_help` }, part.help[language]) : undefined;
  return make("fieldset", { class: part.kind === "having" ? "row" : false, "aria-describedby": help ? help.id : false }, make("legend", {}, part.label[language]), help, ...choices, ...more);
}

function radios(state, part, answer) {
  const stated = statedValue(state.data, part, state.answers);
  const options = part.answers.map((one) => [one.id, one.label[state.language], stated === one, one.id]);
  return radioGroup(state, part, [...options, ["unknown", state.say("unknown"), !stated, undefined]], answer);
}

function havingField(state, part, answer) {
  const { say } = state;
  const stated = statedValue(state.data, part, state.answers);
  const there = stated !== undefined && stated !== false;
  const since = typed(state, { ...part, kind: "month", label: state.data.words.since, help: undefined }, (_, value) => answer(part, value === undefined ? true : { since: value }), state.answers[part.id]?.since);
  since.hidden = !there;
  const pick = (one, value) => {
    since.hidden = value !== true;
    answer(one, value);
  };
  return radioGroup(state, part, [["yes", say("yes"), there, true], ["no", say("no"), stated === false, false], ["unknown", say("unknown"), stated === undefined, undefined]], pick, since);
}

function typed(state, part, answer, given = state.answers[part.id]) {
  const { language, say } = state;
  const id = `answer_${part.id}${part.kind === "month" ? "_month" : ""}`;
  const error = make("p", { class: "error", id: `${id}_error` });
  const help = make("p", { class: "help", id: `${id}_help` }, part.help?.[language] ?? "");
  const input = make("input", {
    type: "text", id, "data-key": id, class: part.kind === "text" ? false : "short", autocomplete: "off", maxlength: 80,
    inputmode: part.kind === "number" ? "decimal" : false, "aria-describedby": `${id}_help ${id}_error`, value: shownAnswer(part, given, language),
    change: () => {
      const raw = typedValue(part, input.value.trim(), language);
      const empty = input.value.trim() === "";
      const right = empty || statedValue(state.data, { ...part, id: "typed" }, { typed: raw, lang: language }) !== undefined;
      const wrong = part.kind === "number" ? say("out_of_range", { low: valueText(state.data, {}, part.min, language), high: valueText(state.data, {}, part.max, language) }) : say("no_month");
      error.textContent = right ? "" : wrong;
      if (right) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
      answer(part, empty || !right ? undefined : raw);
    },
  });
  return make("div", { class: "field" }, make("label", { for: id }, part.label[language]), help, input, error);
}

/** What somebody typed: a number, a month as the model writes it, or the text itself. */
function typedValue(part, text, language) {
  if (part.kind === "number") return numberIn(text, language);
  const month = part.kind === "month" ? monthIn(text) : NaN;
  return Number.isNaN(month) ? text : monthText(month);
}

function shownAnswer(part, given, language) {
  if (typeof given === "number") return new Intl.NumberFormat(language, { maximumFractionDigits: 4, useGrouping: false }).format(given);
  return typeof given === "string" ? given : "";
}

function officeField(state, part, answer) {
  const { language, say, answers } = state;
  const id = `answer_${part.id}`;
  const offices = houseView(state.data, answers, language).divisions.flatMap((division) => division.offices);
  const pick = (event) => answer(part, event.target.value || undefined);
  const options = offices.map((office) => make("option", { value: office.id, selected: answers[part.id] === office.id }, office.label));
  return make("div", { class: "field" }, make("label", { for: id }, part.label[language]), make("p", { class: "help", id: `${id}_help` }, part.help[language]),
    make("select", { id, "data-key": id, "aria-describedby": `${id}_help`, change: pick }, make("option", { value: "" }, say("unknown")), ...options));
}

/** The offices to tick and rename; `state.countOffices` tells anew how many are usual, and moves nothing. */
export function officesField(state) {
  const { data, language, say } = state;
  const holder = make("div");
  const usual = () => officesOf(data, scenarioOf(data, { ...state.answers, offices: undefined })).map(({ id }) => ({ id }));
  const tickUsual = make("button", { type: "button", "data-key": "usual_offices", click: () => { state.answers = { ...state.answers, offices: usual() }; draw(); } });
  state.countOffices = () => { tickUsual.textContent = say("usual_offices", { n: usual().length }); };
  const draw = () => {
    const kept = document.activeElement?.dataset?.key;
    const stated = officesStated(data, state.answers);
    const ticked = new Map((stated ?? []).map((office) => [office.id, office]));
    const tick = (id, on) => {
      state.answers = on ? { ...state.answers, offices: [...(officesStated(data, state.answers) ?? []), { id }] } : corrected(data, state.answers, { remove: id });
      draw();
    };
    const [first] = data.catalogue.departments.entries;
    const groups = data.catalogue.divisions.entries.map((division) => make("fieldset", {}, make("legend", {}, division.label[language]),
      ...data.catalogue.departments.entries.filter((entry) => entry.division === division.id).map((entry) => officeTick(state, entry, ticked, tick, entry === first))));
    holder.replaceChildren(
      tickUsual,
      make("button", { type: "button", "data-key": "no_offices", disabled: !stated, click: () => { state.answers = corrected(data, state.answers, { part: "offices" }); draw(); } }, say("no_offices")),
      ...groups);
    state.countOffices();
    if (kept) holder.querySelector(`[data-key="${CSS.escape(kept)}"]`)?.focus();
  };
  draw();
  return holder;
}

function officeTick(state, entry, ticked, tick, always) {
  const { language, say } = state;
  const id = `office_${entry.id}`;
  const on = ticked.has(entry.id);
  const rename = (event) => {
    state.answers = corrected(state.data, state.answers, { office: entry.id, field: "label", value: event.target.value });
  };
  const label = make("label", { for: id }, always ? `${entry.label[language]} (${say("always")})` : notedLabel(state.data, entry, language));
  const box = make("input", { type: "checkbox", id, "data-key": id, checked: on || always, disabled: always, change: (event) => tick(entry.id, event.target.checked) });
  const name = make("input", { type: "text", "data-key": `${id}_name`, maxlength: 80, autocomplete: "off", "aria-label": say("name_here", { label: entry.label[language] }), value: ticked.get(entry.id)?.label ?? entry.label[language], change: rename });
  return make("div", { class: "office" }, make("div", { class: "choice" }, box, label), on ? name : undefined);
}
