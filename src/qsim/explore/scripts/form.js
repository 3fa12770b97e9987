/** The plan as a form: native controls in groups, each with its label, unit, meaning, and what is usual. */
import { NEVER, controlProblem } from "./changes.js";
import { make } from "./dom.js";

const WAIT = 150; // milliseconds after the last move of a slider

const monthText = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

function monthNumber(text) {
  const found = /^(\d{4})-(\d{1,2})$/.exec(text.trim());
  return found && found[2] >= 1 && found[2] <= 12 ? 12 * Number(found[1]) + Number(found[2]) - 1 : NaN;
}

const rounded = (value) => Number(value.toPrecision(12));

/** The form of a scenario; `onSet(control, value)` is called with what somebody sets, null to take it back. */
export class Form {
  constructor(scenario, speak, onSet) {
    this.speak = speak;
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
        return make("fieldset", {},
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
    const error = make("span.error", { id: `${id}-error`, hidden: true });
    const said = `${id}-help ${id}-error`;
    const reset = make("button.plain.reset", { type: "button", hidden: true, onclick: () => this.onSet(control, null) },
      say("explore.reset"), make("span.unseen", {}, `: ${control.label}`));
    const field = { control, error, reset, parts: this.#parts(control, id, said) };
    const notes = [control.help, control.open, control.usual].filter(Boolean).join(" · ");
    field.element = make(`.control.kind-${control.kind}`, { "data-key": control.key },
      field.parts.elements, reset, make("p.help", { id: `${id}-help` }, notes), error);
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
    const slides = control.percent && control.low >= -1 && control.high <= 1;
    const scale = control.percent ? 100 : 1;
    const month = control.kind === "month";
    const shown = (value) => (month ? monthText(value) : String(rounded(value * scale)));
    const read = () => (input.value === "" ? null : month ? monthNumber(input.value) : rounded(Number(input.value) / scale));
    const limits = month
      ? { min: monthText(control.low), max: monthText(control.high), pattern: "\\d{4}-\\d{2}", placeholder: "2027-01" }
      : { min: control.low * scale, max: control.high * scale, step: slides ? control.step * scale : "any" };
    const unit = make("span.unit", { id: `${id}-unit` }, control.unit ?? "");
    let waiting = 0;
    const later = () => {
      tell(read());
      clearTimeout(waiting);
      waiting = setTimeout(on(read), WAIT);
    };
    const input = make("input", {
      type: month ? "month" : slides ? "range" : "number", id, "aria-describedby": `${described}${control.unit ? ` ${id}-unit` : ""}`, ...limits,
      inputMode: slides || month ? null : "decimal", ...(slides ? { oninput: later } : { onchange: on(read) }),
    });
    const tell = (value) => {
      if (!slides) return;
      unit.textContent = value === null ? "–" : `${shown(value).replace("-", "−")} ${control.unit}`;
      input.setAttribute("aria-valuetext", value === null ? control.open : unit.textContent);
    };
    const show = (value) => {
      input.value = value === null ? (slides ? ((control.low + control.high) / 2) * scale : "") : shown(value);
      tell(value);
    };
    return { elements: [make("label", { htmlFor: id }, control.label), input, unit], show, input };
  }

  /** A number or month beside a box that says there is none, or that it has no end. */
  #switched(control, id, described, on) {
    const { say } = this.speak;
    const never = control.switch === NEVER;
    const off = (value) => (value === control.switch ? null : value);
    const read = () => (box.checked === never ? inner.input.value === "" ? null : readInner() : control.switch);
    const inner = this.#number({ ...control, label: never ? say("explore.from") : control.label, switch: null }, id, described, () => on(read));
    const readInner = () => (control.kind === "month" ? monthNumber(inner.input.value) : Number(inner.input.value));
    const box = make("input", {
      type: "checkbox", id: `${id}-box`, "aria-describedby": described,
      onchange: () => {
        if (box.checked === never && inner.input.value === "") inner.show(off(control.value) ?? control.first);
        this.#take(control, read());
      },
    });
    const boxed = make(".boxed", {}, box, make("label", { htmlFor: box.id }, never ? say("explore.exists") : say("explore.forever")));
    const show = (value) => {
      box.checked = (value === control.switch) !== never;
      inner.show(off(value));
      inner.input.disabled = value === control.switch;
    };
    return { elements: never ? [boxed, ...inner.elements] : [...inner.elements, boxed], show, input: inner.input };
  }

  #take(control, value) {
    const problem = value === null ? "" : controlProblem(control, value);
    this.#tell(this.fields.get(control.key), problem);
    if (!problem) this.onSet(control, value);
  }

  #tell({ control, error, parts }, problem) {
    const { say, decimal } = this.speak;
    const limit = (value) => (control.kind === "month" ? monthText(value) : decimal(control.percent ? 100 * value : value, value % 1 ? 1 : 0));
    const name = control.kind === "month" ? "month" : problem;
    error.textContent = problem ? say(`explore.invalid.${name}`, { low: limit(control.low), high: limit(control.high) }) : "";
    error.hidden = !problem;
    if (problem) parts.input.setAttribute("aria-invalid", "true");
    else parts.input.removeAttribute("aria-invalid");
  }

  /** Show the values of a plan, and mark what it changes. */
  show(changes) {
    const counts = {};
    for (const field of this.fields.values()) {
      const { control } = field, changed = Object.hasOwn(changes, control.key);
      field.parts.show(changed ? changes[control.key] : control.value);
      this.#tell(field, "");
      field.reset.hidden = !changed;
      field.element.classList.toggle("changed", changed);
      counts[control.group] = (counts[control.group] ?? 0) + Number(changed);
    }
    for (const count of this.element.querySelectorAll(".count")) {
      const number = counts[count.dataset.group];
      count.hidden = !number;
      count.textContent = number ? this.speak.counted("explore.changed", number) : "";
    }
  }
}
