/** The plan as a form: native controls in groups, each with its label, unit, meaning, and what is usual. */
import { NEVER, controlProblem, idleAdditions } from "./changes.js";
import { make } from "./dom.js";
import { monthIn, monthText, numberIn, numberText } from "./numbers.js";

const ENDING = ["own_share", "after"]; // what says something only of the end of funding
const WAIT = 100; // milliseconds after the last move of a slider

/** The form of a scenario; `onSet(control, value)` is called with what somebody sets, null to take it back. */
export class Form {
  constructor(scenario, speak, onSet) {
    this.scenario = scenario;
    this.speak = speak;
    this.offered = (scenario.measures ?? []).flatMap(({ changes }) => Object.keys(changes)); // what a box adds is seen once it is ticked
    this.onSet = onSet;
    this.fields = new Map();
    const groups = Map.groupBy
      ? Map.groupBy(scenario.controls, (control) => control.group)
      : scenario.controls.reduce((all, one) => all.set(one.group, [...(all.get(one.group) ?? []), one]), new Map());
    this.element = make("form.controls", { onsubmit: (event) => event.preventDefault() },
      [...groups].map(([group, controls], i) => this.#group(group, controls, scenario, i)));
  }

  #group(group, controls, scenario, place) {
    const owners = new Map();
    for (const control of controls) {
      const owner = control.owner.replace(/\.channels$/, "");
      owners.set(owner, [...(owners.get(owner) ?? []), control]);
    }
    const { say } = this.speak;
    return make("details.group", { open: place < (innerWidth < 960 ? 1 : 3) },
      make("summary", {}, make("h3", {}, say(`explore.group.${group}`)), make("span.count", { hidden: true, "data-group": group })),
      [...owners].map(([owner, own]) => {
        const main = own.filter((control) => control.main), more = own.filter((control) => !control.main);
        const { label, source } = scenario.owners[owner] ?? scenario.owners[own[0].owner];
        const first = main.length ? main : more.splice(0, more.length);
        return make("fieldset", { "data-owner": owner },
          make("legend", {}, label),
          first.map((control) => this.#control(control)),
          more.length > 0 && make("details.more", {},
            make("summary", {}, say("explore.more"), make("span.unseen", {}, `: ${label}`)), more.map((control) => this.#control(control))),
          make("p.source", {}, source));
      }));
  }

  #control(control) {
    const { say } = this.speak;
    const id = `c-${this.fields.size}`;
    const error = make("span.error", { id: `${id}-error`, role: "alert" });
    const said = `${id}-help ${id}-error`;
    const reset = make("button.plain.reset", { type: "button", hidden: true, onclick: () => this.#reset(control) },
      say("explore.reset"), make("span.unseen", {}, `: ${control.label}`));
    const idle = make("p.help", { hidden: true }, say("explore.endless"));
    const field = { control, error, reset, idle, parts: this.#parts(control, id, said) };
    const notes = [control.help, control.open, control.usual].filter(Boolean).join(" · ");
    field.element = make(`.control.kind-${control.kind}`, { "data-key": control.key },
      field.parts.elements, reset, make("p.help", { id: `${id}-help` }, notes), ENDING.includes(control.field) && idle, error);
    this.fields.set(control.key, field);
    return field.element;
  }

  #parts(control, id, described) {
    const label = (text, target) => make("label", { htmlFor: target }, text);
    const on = (read) => () => this.#take(control, read());
    if (control.kind === "choice") {
      const options = control.options.map(([value, text]) => make("option", { value }, text));
      if (control.value === null) options.unshift(make("option", { value: "" }, control.open));
      const input = make("select", { id, "aria-describedby": described, onchange: on(() => input.value || null) }, options);
      return { elements: [label(control.label, id), input], show: (value) => { input.value = value ?? ""; }, input };
    }
    if (control.kind === "flag") {
      const input = make("input", { type: "checkbox", id, "aria-describedby": described, onchange: on(() => input.checked) });
      return { elements: [input, label(control.label, id)], show: (value) => { input.checked = value === true; }, input };
    }
    return control.switch === null ? this.#number(control, id, described, on) : this.#switched(control, id, described, on);
  }

  #number(control, id, described, on) {
    const { language } = this.speak, scale = control.percent ? 100 : 1;
    const month = control.kind === "month", slides = control.percent && control.low >= -1 && control.high <= 1;
    const shown = (value) => (month ? monthText(value) : numberText(value * scale, language));
    const written = (value) => (slides ? String(value * scale) : shown(value));
    const read = () => {
      if (input.validity.badInput) return NaN;
      if (input.value.trim() === "") return null;
      return month ? monthIn(input.value) : Number((numberIn(input.value, language) / scale).toPrecision(12));
    };
    let waiting = 0;
    const settle = () => {
      if (!waiting) return;
      clearTimeout(waiting);
      waiting = 0;
      on(read)();
    };
    const later = () => {
      tell(read());
      clearTimeout(waiting);
      waiting = setTimeout(settle, WAIT);
    };
    const step = (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key], value = read() ?? control.low;
      if (!way || !Number.isFinite(value)) return;
      event.preventDefault();
      input.value = written(Math.min(Math.max(value + way * control.step, control.low), control.high));
      later();
    };
    const kinds = {
      slider: { type: "range", min: control.low * scale, max: control.high * scale, step: control.step * scale, oninput: later, onblur: settle },
      month: { type: "month", min: monthText(control.low), max: monthText(control.high), placeholder: "2027-01", onchange: on(read) },
      number: { type: "text", className: "short", inputMode: "decimal", autocomplete: "off", onkeydown: step, onchange: on(read), onblur: settle },
    };
    const unit = make("span.unit", { id: `${id}-unit` }, control.unit ?? "");
    const input = make("input", {
      id, "aria-describedby": `${described}${control.unit ? ` ${id}-unit` : ""}`, ...kinds[slides ? "slider" : control.kind],
    });
    const tell = (value) => {
      if (!slides) return;
      unit.textContent = value === null ? "–" : `${shown(value)} ${control.unit}`;
      input.setAttribute("aria-valuetext", value === null ? control.open : unit.textContent);
    };
    const show = (value) => {
      input.value = value === null ? (slides ? written((control.low + control.high) / 2) : "") : written(value);
      tell(value);
    };
    return { elements: [make("label", { htmlFor: id }, control.label), input, unit], show, input, read };
  }

  /** A number or month beside a box that says there is none, or that it has no end. */
  #switched(control, id, described, on) {
    const { say } = this.speak;
    const never = control.switch === NEVER;
    const off = (value) => (value === control.switch ? null : value);
    const read = () => (box.indeterminate || box.checked === never ? inner.read() : control.switch);
    const inner = this.#number({ ...control, label: never ? say("explore.from") : control.label, switch: null }, id, described, () => on(read));
    const box = make("input", {
      type: "checkbox", id: `${id}-box`, "aria-describedby": described,
      onchange: () => {
        if (box.checked === never && inner.read() === null && !control.decided) inner.show(off(control.value) ?? control.first);
        this.#take(control, read());
      },
    });
    const boxed = make(".boxed", {}, box, make("label", { htmlFor: box.id }, never ? say("explore.exists") : say("explore.forever")));
    const show = (value) => {
      box.indeterminate = value === null && !control.decided;
      box.checked = !box.indeterminate && (value === control.switch) !== never;
      inner.show(off(value));
      inner.input.disabled = value === control.switch;
    };
    return { elements: never ? [boxed, ...inner.elements] : [...inner.elements, boxed], show, input: inner.input };
  }

  #take(control, value) {
    const field = this.fields.get(control.key), problem = value === null ? "" : controlProblem(control, value);
    this.#tell(field, problem);
    if (problem) field.reset.hidden = false;
    else this.onSet(control, value);
  }

  #reset(control) {
    const field = this.fields.get(control.key);
    this.#tell(field, "");
    this.onSet(control, null);
    field.parts.input.focus();
  }

  /** Tell what is wrong with what stands in a field, which is not taken; nothing if it is right. */
  #tell(field, problem) {
    const { control, error, parts } = field, { say, exact, month } = this.speak;
    const limit = (value) => (control.kind === "month" ? month(value) : exact(control.percent ? 100 * value : value));
    const name = control.kind === "month" ? "month" : problem;
    field.problem = problem;
    const told = problem && say(`explore.invalid.${name}`, { low: limit(control.low), high: limit(control.high) });
    error.replaceChildren(...(problem ? [make("span.unseen", {}, `${control.label}: `), told] : []));
    if (problem) parts.input.setAttribute("aria-invalid", "true");
    else parts.input.removeAttribute("aria-invalid");
  }

  /** Let nobody set what says something only of an end, where there is none. */
  #idle(field, idle) {
    field.parts.input.disabled = idle;
    field.idle.hidden = !idle;
    field.element.classList.toggle("idle", idle);
  }

  /** Show the values of a plan, and mark what it changes; what is wrong stays until it is put right. */
  show(changes) {
    const counts = {}, valueOf = (key) => (Object.hasOwn(changes, key) ? changes[key] : this.fields.get(key)?.control.value);
    for (const field of this.fields.values()) {
      const { control } = field, changed = Object.hasOwn(changes, control.key);
      const value = valueOf(control.key);
      if (!field.problem || value !== field.value) {
        field.parts.show(value);
        this.#tell(field, "");
      }
      field.value = value;
      field.reset.hidden = !changed && !field.problem;
      field.element.classList.toggle("changed", changed);
      if (ENDING.includes(control.field)) this.#idle(field, valueOf(`${control.owner}.duration_months`) === "forever");
      counts[control.group] = (counts[control.group] ?? 0) + Number(changed);
    }
    const idle = idleAdditions(this.scenario, changes).filter((key) => this.offered.some((offered) => offered.startsWith(key)));
    for (const part of this.element.querySelectorAll("fieldset")) part.hidden = idle.some((key) => part.dataset.owner.startsWith(key));
    for (const count of this.element.querySelectorAll(".count")) {
      const number = counts[count.dataset.group];
      count.hidden = !number;
      count.textContent = number ? this.speak.counted("explore.changed", number) : "";
    }
  }
}
