// Runs worlds: takes the bundle that Python made, writes numbers into images, calls the module, and returns what was measured.
// The same file runs in a worker of a page and in Node. No imports, no state beside the memory of the module.

const WORD = 8;
const ENDS = [
  "",
  "the image has another layout",
  "an array is not where it must be",
  "arrays of the image do not fit together",
  "there is no room for results",
];

// Whatever keeps a world from being run; `status` is that of the module, 0 where it was not called.
export class RunError extends Error {
  constructor(text, status = 0) {
    super(text);
    this.name = "RunError";
    this.status = status;
  }
}

// Returns the tables of a bundle, and `numbers(place)`, a copy of the bytes that they name; numbers themselves are themselves.
export function opened(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const tables = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const first = 4 + length;
  const numbers = (place) =>
    ArrayBuffer.isView(place)
      ? new Uint8Array(place.buffer, place.byteOffset, place.byteLength)
      : bytes.slice(first + place[0], first + place[0] + place[1]);
  return { tables, numbers };
}

// Returns the value of something unknown for a uniform draw in (0, 1); whole numbers and months are equally likely.
export function drawn(unknown, uniform, whole) {
  if (unknown.one_of) return unknown.one_of[Math.floor(uniform * unknown.one_of.length)];
  const [low, high] = unknown.between;
  return whole ? Math.min(low + Math.floor(uniform * (high - low + 1)), high) : low + uniform * (high - low);
}

const doubles = (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / WORD);
const isUnknown = (value) => typeof value === "object" && value !== null;

// One scenario: what a setting says, and what a page changes.
class World {
  constructor(name, table, bundle) {
    this.name = name;
    this.table = table;
    const { tables, numbers } = bundle;
    this.parameters = new Map(tables.columns.parameters.map((key, place) => [key, place]));
    this.limits = tables.limits;
    this.ensemble = doubles(numbers(tables.ensemble));
    this.uniforms = doubles(numbers(table.uniforms));
    this.keys = new Map(Object.keys(table.unknowns).map((key, place) => [key, place]));
    this.settings = tables.settings;
    this.twins = tables.twins;
    this.open = new Set(table.open);
    this.options = table.options ?? {};
    this.ranges = table.ranges ?? {};
    this.structures = new Map(
      table.structures.map((one) => [JSON.stringify(one.choice), { ...one, bytes: numbers(one.image) }]),
    );
    this.known = new Set([...this.structures.values()].flatMap((one) => Object.keys(one.words)));
    const { series, tasks, departments, activities } = tables.columns;
    const cells = table.months * table.departments.length * table.tasks.length;
    this.lengths = {
      series: table.months * series.length,
      tasks: table.months * table.tasks.length * tasks.length,
      sums: cells * departments.length,
      squares: cells,
      hours: table.payers.length * activities.length,
    };
  }

  // What a key is in a setting: what the page says, else what the scenario leaves open; undefined if the image says it.
  value(key, setting, changes, whole) {
    const unknown = Object.hasOwn(changes, key) ? changes[key] : this.open.has(key) ? this.table.unknowns[key] : undefined;
    if (!isUnknown(unknown)) return unknown;
    if (!this.keys.has(key)) throw new RunError(`no draws for ${key}`);
    return drawn(unknown, this.uniforms[setting * this.keys.size + this.keys.get(key)], whole);
  }

  structure(setting, changes) {
    const given = (key) => this.value(key, setting, Object.hasOwn(this.options, key) ? {} : changes, true);
    const choice = this.table.structural.map((key) => given(key) ?? this.table.stated[key]);
    const found = this.structures.get(JSON.stringify(choice));
    if (!found) throw new RunError(`no structure for ${this.table.structural.map((key, i) => `${key}=${choice[i]}`)}`);
    return found;
  }

  // Returns the least and the most that a key may be: what its control, else what the scenario or the rule says.
  limit(key) {
    if (Object.hasOwn(this.ranges, key)) return this.ranges[key].map((end) => end ?? Infinity);
    const unknown = this.table.unknowns[key];
    const values = unknown?.between ?? unknown?.one_of;
    return values ? [Math.min(...values), Math.max(...values)] : this.limits[this.parameters.get(key)];
  }

  // Raises RunError for a key that no image has, and for what is no number within its limits, no option, no choice and no such range.
  check(changes) {
    for (const [key, value] of Object.entries(changes)) {
      if (Object.hasOwn(this.options, key)) {
        if (!this.options[key].includes(value)) throw new RunError(`no option of ${key}: ${value}`);
        continue;
      }
      const structural = this.table.structural.includes(key);
      if (!this.known.has(key) && !structural && !this.parameters.has(key)) throw new RunError(`nothing to change: ${key}`);
      const values = isUnknown(value) ? value.between ?? value.one_of : [value];
      const listed = Array.isArray(values) && values.length > 0 && !(value?.between && values.length !== 2);
      if (!listed) throw new RunError(`no value for ${key}`);
      if (structural) continue; // what has no structure is no choice
      const [least, most] = this.limit(key);
      if (!values.every((one) => typeof one === "number" && least <= one && one <= most))
        throw new RunError(`${key} is a number from ${least} to ${most}`);
    }
  }

  // Writes run `replicate` into the copy of an image.
  write(view, structure, replicate, changes) {
    const setting = Math.floor(replicate / this.twins);
    if (!(setting < this.settings)) throw new RunError(`there are ${this.settings} settings, not run ${replicate}`);
    view.setUint32(structure.key + WORD, replicate, true);
    view.setUint32(structure.key + 2 * WORD, setting, true);
    const count = this.parameters.size;
    for (let place = 0; place < count; place++) {
      const own = this.table.parameters[place];
      view.setFloat64(structure.parameters + WORD * place, own ?? this.ensemble[setting * count + place], true);
    }
    for (const key of new Set([...this.open, ...Object.keys(changes)])) {
      if (Object.hasOwn(this.options, key)) {
        const place = this.options[key].indexOf(changes[key]);
        for (const [offset, low, high] of structure.options[key][place] ?? []) {
          view.setUint32(offset, low, true);
          view.setUint32(offset + 4, high, true);
        }
        continue;
      }
      if (this.parameters.has(key)) {
        const at = structure.parameters + WORD * this.parameters.get(key);
        view.setFloat64(at, this.value(key, setting, changes, false), true);
      }
      for (const [offset, whole] of structure.words[key] ?? [])
        view.setFloat64(offset, this.value(key, setting, changes, whole), true);
    }
    return setting;
  }
}

// The module with the worlds of a bundle; its memory holds one image and the results of one block of runs.
export class Rules {
  constructor(module, bundle) {
    this.module = module;
    this.bundle = bundle;
    this.tables = bundle.tables;
    this.worlds = new Map();
    this.room = { image: 0, rows: 0, totals: 0 };
    for (const [name, table] of Object.entries(bundle.tables.worlds)) this.add(name, table);
  }

  // Returns the rules for a bundle, as bytes.
  static async of(bytes) {
    const bundle = opened(bytes);
    return new Rules(await WebAssembly.compile(bundle.numbers(bundle.tables.module)), bundle);
  }

  // Adds a world, or puts it in place of one of that name: a table as in a bundle, with the numbers themselves in it.
  add(name, table) {
    const world = new World(name, table, this.bundle);
    const { series, tasks, sums, squares, hours } = world.lengths;
    const image = Math.max(...[...world.structures.values()].map(({ bytes }) => bytes.length));
    const needed = { image, rows: WORD * (series + tasks), totals: WORD * (sums + squares + hours) };
    const more = Object.keys(needed).filter((part) => needed[part] > this.room[part]);
    for (const part of more) this.room[part] = needed[part];
    this.worlds.set(name, world);
    if (more.length) this.start();
  }

  // Starts the module anew, with memory for the largest world.
  start() {
    this.exports = new WebAssembly.Instance(this.module, {}).exports;
    for (const [part, bytes] of Object.entries(this.room)) {
      this[part] = this.exports.keep(bytes) >>> 0;
      if (!this[part]) throw new RunError("no memory left");
    }
  }

  // Runs the replicates `from` to `to - 1` of a world, with values in place of what keys say: numbers, choices, or unknowns
  // as in a scenario file, {between: [low, high]} or {one_of: [...]}. Returns `series` (runs, months, series), `tasks` (runs,
  // months, tasks, task series), and what is summed over the runs: `sums` (months, departments, tasks, department measures),
  // `squares` of practice (months, departments, tasks), `hours` (payers, activities); without `departments` no `sums` and no
  // `squares`. Raises RunError.
  run(name, from, to, changes = {}, departments = true) {
    const world = this.worlds.get(name);
    if (!world) throw new RunError(`no world is called ${name}`);
    if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from < to)) throw new RunError("no runs");
    world.check(changes);
    const { lengths } = world;
    const result = { runs: to - from, series: new Float64Array((to - from) * lengths.series),
                     tasks: new Float64Array((to - from) * lengths.tasks) };
    const summed = departments ? ["sums", "squares", "hours"] : ["hours"];
    for (const part of summed) result[part] = new Float64Array(lengths[part]);
    for (let replicate = from; replicate < to; replicate++) this.one(world, replicate, changes, result, replicate - from);
    return result;
  }

  one(world, replicate, changes, result, row) {
    const { exports, image, rows, totals } = this;
    const setting = Math.floor(replicate / world.twins);
    const structure = world.structure(Math.min(setting, world.settings - 1), changes);
    const { bytes } = structure;
    new Uint8Array(exports.memory.buffer, image, bytes.length).set(bytes);
    world.write(new DataView(exports.memory.buffer, image, bytes.length), structure, replicate, changes);
    const { lengths } = world;
    const columns = this.tables.columns;
    const departments = structure.departments.length;
    const cells = world.table.months * departments * world.table.tasks.length;
    const own = { sums: cells * columns.departments.length, squares: cells, hours: structure.payers.length * columns.activities.length };
    const size = own.sums + own.squares + own.hours;
    new Float64Array(exports.memory.buffer, totals, size).fill(0);
    let status;
    try {
      status = exports.run(image, bytes.length, rows, WORD * (lengths.series + lengths.tasks), totals, WORD * size);
    } catch (error) {
      this.start(); // whatever it left behind in its memory
      throw new RunError(`the rules have stopped: ${error.message}`);
    }
    if (status) throw new RunError(ENDS[status] ?? "the rules have stopped", status);
    const { buffer } = exports.memory; // another one if the run needed more memory
    result.series.set(new Float64Array(buffer, rows, lengths.series), row * lengths.series);
    result.tasks.set(new Float64Array(buffer, rows + WORD * lengths.series, lengths.tasks), row * lengths.tasks);
    const tasks = world.table.tasks.length;
    const groups = world.table.months;
    let at = totals;
    const add = (part, places, all, outer, inner) => {
      if (result[part]) addRows(result[part], new Float64Array(buffer, at, own[part]), places, all, outer, inner);
      at += WORD * own[part];
    };
    add("sums", structure.departments, world.table.departments.length, groups, tasks * columns.departments.length);
    add("squares", structure.departments, world.table.departments.length, groups, tasks);
    add("hours", structure.payers, world.table.payers.length, 1, columns.activities.length);
  }
}

// Adds rows of `inner` numbers to those at `places` of `all`, in each of `outer` groups.
function addRows(total, own, places, all, outer, inner) {
  let next = 0;
  for (let group = 0; group < outer; group++)
    for (const place of places)
      for (let i = 0, at = (group * all + place) * inner; i < inner; i++) total[at + i] += own[next++];
}

// Answers the messages of a pool in a worker: {open: bytes}, then {add, table} and {id, world, from, to, changes, departments}.
export function serve(scope) {
  let rules;
  scope.onmessage = async ({ data }) => {
    try {
      if (data.open) {
        rules = await Rules.of(data.open);
        scope.postMessage({ tables: rules.tables });
        return;
      }
      if (data.add) {
        rules.add(data.add, data.table);
        return;
      }
      const { world, from, to, changes, departments } = data;
      const result = rules.run(world, from, to, changes, departments);
      const parts = Object.values(result).filter((part) => part.buffer);
      scope.postMessage({ id: data.id, from, result }, parts.map(({ buffer }) => buffer));
    } catch (error) {
      scope.postMessage({ id: data.id, error: String(error?.message ?? error), status: error?.status ?? 0 });
    }
  };
}
