/**
 * The world of an own city for the pool: the arrays of its house beside those that all cities have in common, with what is
 * known written into their words, and draws for what is open.
 */
import { houseArrays } from "./arrays.js";
import { uniformOf } from "./draws.js";
import { entryKey, extendedScenario, hasEntry, isOpen, middleOf, plainOpen, statedAt } from "./own_values.js";
import { valueAt } from "./scenario_file.js";

const POSITION = "commissioners[unit].position";
const LEADER = "leaders[mayor]";
const WORD = 8;

/**
 * Return the table of a world, as in a bundle, of a scenario whose offices are named. `data` is that of the page for cities,
 * `task` the answer that says the task, `entry` what the page says of the city, `settings` how many there are.
 */
export function ownWorld(data, task, scenario, entry, settings) {
  const { templates, numbers } = data, template = templates.tasks[task];
  const whole = extendedScenario(template, scenario);
  const arrays = houseArrays(data, numbers, whole);
  const image = new Image(templates, template, sizesOf(template, arrays, entry), entry.months);
  image.fill(arrays);
  const open = {};
  const known = new Map(template.entry.controls.map((control) => [control.key, control]));
  const words = {};
  const put = (key, places, there) => {
    words[key] = places;
    const value = statedAt(whole, known.get(key) ?? { key });
    if (value === null || value === undefined) return;
    if (isOpen(value) && there) open[key] = plainOpen(value);
    for (const [at] of places) image.view.setFloat64(at, value === "forever" ? Infinity : middleOf(value), true);
  };
  for (const [key, places] of Object.entries(template.words)) {
    if (!key.startsWith(LEADER)) put(key, places.map(([name, at, drawn]) => [image.places[name].offset + at, drawn]), hasEntry(whole, key));
    else for (const { id } of scenario.leaders) {
      const row = arrays.ids.leaders.indexOf(id);
      put(key.replace(LEADER, `leaders[${id}]`), places.map(([name, at, drawn]) => [image.at(name, row) + at, drawn]), true);
    }
  }
  for (const [key, place] of image.open) {
    if (key in words) continue;
    words[key] = place.words;
    open[key] = plainOpen(valueAt(scenario, key));
  }
  for (const [name, at] of template.starts) image.month(name, at, entry.start);
  const options = {};
  for (const [key, choices] of Object.entries(template.choices)) {
    options[key] = key === POSITION ? choices.map((position) => image.placeWords(arrays.places[position]))
      : template.options[key].map((each) => each.map(([name, at, low, high]) => [image.places[name].offset + at, low, high]));
    const value = statedAt(whole, known.get(key));
    if (!isOpen(value)) image.write(options[key][choices.indexOf(value)]);
  }
  const position = valueAt(scenario, POSITION), structural = isOpen(position);
  if (structural) open[POSITION] = position;
  const keys = Object.keys(open);
  const payers = [...arrays.ids.departments.map((id) => ["department", id]), ["commissioner", scenario.commissioners[0].id],
    ...arrays.ids.leaders.map((id) => ["leader", id]), ["civil_society", scenario.civil_society[0].id]];
  const uniforms = Float64Array.from({ length: settings * keys.length }, (_, i) =>
    uniformOf(templates.seed, templates.decision, Math.floor(i / keys.length), templates.slots[keys[i % keys.length]]));
  return {
    label: scenario.label, start: entry.start, months: entry.months, tasks: scenario.tasks.map(({ id }) => id),
    departments: arrays.ids.departments, payers, parameters: {}, open: keys, unknowns: open, uniforms,
    structural: structural ? [POSITION] : [], stated: {}, options: template.choices, ranges: rangesOf(entry),
    structures: [...new Set(structural ? position.one_of : [position])].map((one) => ({
      choice: structural ? [one] : [], image: image.with(options[POSITION][template.choices[POSITION].indexOf(one)]),
      key: image.places.key.offset, parameters: image.places.parameters.offset, words,
      departments: [...arrays.ids.departments.keys()], payers: [...payers.keys()], options,
    })),
  };
}

/** The least and the most that the number of each control may be, what it stands at and what switches it off among them. */
function rangesOf({ controls }) {
  const found = controls.filter(({ kind }) => kind === "number" || kind === "month").map(({ key, low, high, switch: off, value, least }) => {
    const ends = [low, high, off, least ?? value].filter((end) => end !== null && end !== undefined).map((end) => (end === "forever" ? Infinity : end));
    return [key, [Math.min(...ends), Math.max(...ends)]];
  });
  return Object.fromEntries(found);
}

/** Rows and columns of the arrays that hang on the house, and of the posts, by name. */
function sizesOf({ arrays: common }, arrays, entry) {
  const posts = entry.controls.find(({ key }) => key.endsWith(".posts")).high;
  const [offices, leaders, tasks] = [arrays.departments.length, arrays.leaders.length, common.tasks.rows];
  return {
    departments: [offices, 1], stances: [offices, tasks], leaders: [leaders, 1], support: [leaders, tasks], posts: [posts, 1],
    concept_departments: [arrays.concept_departments.length, offices], tie_first: [arrays.sizes.tie_first, 1], ties: [arrays.sizes.ties, 1],
    ...Object.fromEntries(["relations", "scratch", "ledger"].map((name) => [name, arrays.sizes[name]])),
    ...Object.fromEntries(["members", "member_first", "chains", "links", "functions"].map((name) => [name, [arrays[name].length, 1]])),
  };
}

/** The image of a world: its arrays one after another, with a table of where they are. */
class Image {
  constructor({ layout, records }, { arrays }, sizes, months) {
    this.records = records;
    this.open = new Map();
    this.places = {};
    const align = (offset) => Math.ceil(offset / layout.alignment) * layout.alignment;
    let end = WORD * (layout.head + layout.row * layout.order.length);
    for (const name of layout.order) {
      const { rows, columns, size } = arrays[name];
      const [own, across] = sizes[name] ?? [rows, columns];
      this.places[name] = { offset: align(end), rows: own, columns: across, size };
      end = align(end) + own * across * size;
    }
    this.bytes = new Uint8Array(align(end));
    this.view = new DataView(this.bytes.buffer);
    const head = [layout.signature, this.bytes.length, months, ...layout.order.flatMap((name) => {
      const { offset, rows, columns } = this.places[name];
      return [offset, rows, columns];
    })];
    head.forEach((value, i) => this.integer(WORD * i, value));
    for (const name of layout.order) {
      if (sizes[name] && name !== "posts") continue;
      const { offset, rows, columns, size } = this.places[name];
      this.bytes.set(Uint8Array.from(atob(arrays[name].bytes), (letter) => letter.charCodeAt(0)).subarray(0, rows * columns * size), offset);
    }
  }

  integer(at, value) {
    this.view.setBigInt64(at, BigInt(value), true);
  }

  /** Where a row of an array begins. */
  at(name, row) {
    const { offset, columns, size } = this.places[name];
    return offset + row * columns * size;
  }

  /** Write a month at an offset of an array. */
  month(name, at, value) {
    const place = this.places[name].offset + at;
    if (Object.values(this.records[name]).find(([offset]) => offset === at % this.places[name].size)[1]) this.integer(place, value);
    else this.view.setFloat64(place, value, true);
  }

  /** Write what `houseArrays` laid out, and remember where what is open stands. */
  fill(arrays) {
    const rows = {
      ...Object.fromEntries(["departments", "leaders", "members", "chains", "links", "functions"].map((name) => [name, arrays[name]])),
      stances: arrays.stances.flat(), support: arrays.support.flat().map((support) => ({ support })),
    };
    for (const [name, records] of Object.entries(rows)) {
      const { offset, size } = this.places[name];
      records.forEach((record, i) => Object.entries(record).forEach(([field, value]) => this.#field(name, offset + i * size, field, value)));
    }
    arrays.member_first.forEach((value, i) => this.integer(this.places.member_first.offset + WORD * i, value));
    arrays.concept_departments.flat().forEach((value, i) => this.view.setFloat64(this.places.concept_departments.offset + WORD * i, value, true));
  }

  #field(name, row, field, value) {
    const [offset, whole, drawn] = this.records[name][field];
    if (whole) return this.integer(row + offset, value);
    if (value?.key) this.open.set(value.key, { words: [...(this.open.get(value.key)?.words ?? []), [row + offset, drawn]] });
    return this.view.setFloat64(row + offset, value === null ? NaN : (value.middle ?? value), true);
  }

  /** The words of the place of the unit: offset, lower and upper half of each. */
  placeWords(place) {
    const cell = new DataView(new ArrayBuffer(WORD));
    return Object.entries(place).map(([field, value]) => {
      const [offset, whole] = this.records.units[field];
      if (whole) cell.setBigInt64(0, BigInt(value), true);
      else cell.setFloat64(0, value, true);
      return [this.places.units.offset + offset, cell.getUint32(0, true), cell.getUint32(4, true)];
    });
  }

  write(words, view = this.view) {
    for (const [at, low, high] of words) {
      view.setUint32(at, low, true);
      view.setUint32(at + 4, high, true);
    }
  }

  /** A copy of the bytes with some words in it. */
  with(words) {
    const copy = this.bytes.slice();
    this.write(words, new DataView(copy.buffer));
    return copy;
  }
}
