/** Runs plans in the pool of workers, few worlds first, and keeps what came out. */
import { adds } from "./changes.js";
import { runOutcomes } from "./outcomes.js";

const MOST_KEPT = 10;

/** What the runs of a plan say so far: the rows (replicates) that are done, in their order. */
export class Sample {
  constructor(twins) {
    this.twins = twins;
    this.rows = [];
  }

  /** How many whole settings are there from the first on. */
  get settings() {
    let count = 0;
    while (this.rows[(count + 1) * this.twins - 1]) count += 1;
    return count;
  }

  /** The values of an outcome as a table (settings, worlds), of the first settings. */
  table(name, settings) {
    return Array.from({ length: settings }, (_, s) =>
      this.rows.slice(s * this.twins, (s + 1) * this.twins).map((row) => row.outcomes[name] ?? NaN));
  }

  values(name, settings) {
    return this.rows.slice(0, settings * this.twins).map((row) => row.outcomes[name] ?? NaN);
  }

  /** The share of the unmet need that each kind holds back, over the first settings. */
  shares(kinds, settings) {
    const totals = Object.fromEntries(kinds.map((kind) => [kind, 0]));
    let weight = 0;
    for (const row of this.rows.slice(0, settings * this.twins)) {
      weight += row.weight;
      kinds.forEach((kind, i) => { totals[kind] += row.held[i]; });
    }
    for (const kind of kinds) totals[kind] /= weight;
    return totals;
  }
}

/** Runs plans of scenarios; `data` is that of the page, `pool` the workers. */
export class Runs {
  constructor(pool, data) {
    this.pool = pool;
    this.data = data;
    this.kept = new Map();
  }

  /** What was run of a plan, from memory or empty. */
  sample(scenario, changes) {
    const key = `${scenario.id} ${JSON.stringify(Object.entries(changes).sort())}`;
    const found = this.kept.get(key) ?? new Sample(this.data.twins);
    this.kept.delete(key);
    this.kept.set(key, found);
    for (const [oldest] of this.kept) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return found;
  }

  /** Run plans of a scenario up to so many settings each; throw an AbortError as soon as `signal` says so. */
  async extend(scenario, plans, settings, signal) {
    const { twins } = this.data;
    const asked = [];
    for (let setting = 0; setting < settings; setting++) {
      for (const changes of plans) {
        const sample = this.sample(scenario, changes), from = setting * twins;
        if (!sample.rows[from]) asked.push(this.#block(scenario, changes, sample, from, signal));
      }
    }
    await Promise.all(asked);
  }

  async #block(scenario, changes, sample, from, signal) {
    const { twins } = this.data;
    const sent = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value === "forever" ? Infinity : value]));
    const { series } = await this.pool.run(scenario.id, { from, to: from + twins, changes: sent, signal });
    this.#withoutUnit(series, scenario, changes);
    const size = series.length / twins;
    for (let i = 0; i < twins; i++) sample.rows[from + i] = this.#row(series.subarray(i * size, (i + 1) * size), scenario);
  }

  /** Where there is no unit and none is added, the one that the world keeps ready has no recognition. */
  #withoutUnit(series, scenario, changes) {
    const ready = Object.keys(scenario.additions).find((key) => key.startsWith("commissioners"));
    if (!ready || adds(changes, ready)) return;
    const { columns } = this.data;
    for (let at = columns.indexOf("recognition"); at < series.length; at += columns.length) series[at] = 0;
  }

  #row(series, scenario) {
    const { columns, constraints } = this.data;
    const width = columns.length, months = series.length / width;
    const place = (name) => columns.indexOf(name);
    const need = place("need_gap"), joint = place("joint_practice");
    const parts = constraints.map((kind) => place(`constraint_${kind}`));
    const held = parts.map(() => 0);
    let weight = 0;
    for (let m = 0; m < months; m++) {
      const row = series.subarray(m * width, (m + 1) * width);
      if (!(row[need] > 0) || parts.some((part) => !Number.isFinite(row[part]))) continue;
      weight += row[need];
      parts.forEach((part, i) => { held[i] += row[part] * row[need]; });
    }
    const curve = Float64Array.from({ length: months }, (_, m) => series[m * width + joint]);
    return { outcomes: runOutcomes(series, columns, scenario.first_shock), curve, held, weight };
  }
}
