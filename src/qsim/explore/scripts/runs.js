/** Runs plans in the pool of workers, few worlds first, and keeps what came out. */
import { idleAdditions, placesOfPhases } from "./changes.js";
import { columnOf, runOutcomes } from "./outcomes.js";
import { mean, quantiles } from "./statistics.js";

const MOST_KEPT = 10;
const AT_ONCE = 8; // runs that are asked for one by one: enough for all workers, and whoever changes the plan need not wait
const UNIT = /^commissioners\[\w+\]$/;

/** What the runs of a plan say so far: the rows (replicates) that are done, in their order. */
export class Sample {
  constructor(twins) {
    this.twins = twins;
    this.rows = [];
    this.curves = new Map();
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

  /** The curve over months, of the first settings: its middle, and a band in which 80 % of runs lie. */
  curve(settings) {
    if (!this.curves.has(settings)) {
      const rows = this.rows.slice(0, settings * this.twins);
      const months = Array.from(rows[0].curve, (_, m) => Float64Array.from(rows, (row) => row.curve[m]));
      const bands = months.map((values) => quantiles(values, [0.1, 0.9]));
      this.curves.set(settings, { middle: months.map(mean), low: bands.map(([low]) => low), high: bands.map(([, high]) => high) });
    }
    return this.curves.get(settings);
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

  /**
   * Run plans of a scenario; return for each of `looks`, numbers of settings, the promise that so many are there. All is asked
   * for at once, so that no worker waits while the page shows a look; each throws an AbortError as soon as `signal` says so.
   */
  extend(scenario, plans, looks, signal) {
    const { twins } = this.data;
    const asked = plans.map((changes) => [this.sample(scenario, changes), sentChanges(scenario, changes)]);
    let setting = 0;
    return looks.map((settings) => {
      const blocks = [];
      for (; setting < settings; setting++) {
        const from = setting * twins;
        for (const [sample, changes] of asked) if (!sample.rows[from]) blocks.push(this.#block(scenario, changes, sample, from, signal));
      }
      const there = Promise.all(blocks);
      there.catch(() => {}); // of a look that nobody waits for any more
      return there;
    });
  }

  /** The promise of an outcome in some runs of each of some plans, (plans, runs); an AbortError as soon as `signal` says so. */
  async observe(scenario, plans, name, runs, signal) {
    const values = plans.map(() => []);
    const asked = plans.map((changes) => sentChanges(scenario, changes));
    const jobs = asked.flatMap((changes, p) => runs.map((run, i) => [p, i, run, changes])).values();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (const [p, i, run, changes] of jobs) {
        const { series } = await this.pool.run(scenario.id, { from: run, to: run + 1, changes });
        signal.throwIfAborted();
        values[p][i] = runOutcomes(series, this.data.columns, scenario.first_shock)[name];
      }
    }));
    return values;
  }

  async #block(scenario, changes, sample, from, signal) {
    const { twins } = this.data;
    const { series } = await this.pool.run(scenario.id, { from, to: from + twins, changes, signal });
    this.#withoutUnit(series, scenario, changes);
    const size = series.length / twins;
    for (let i = 0; i < twins; i++) sample.rows[from + i] = this.#row(series.subarray(i * size, (i + 1) * size), scenario);
  }

  /** Where there is no unit and none is added, the one that the world keeps ready has no recognition. */
  #withoutUnit(series, scenario, changes) {
    if (!idleAdditions(scenario, changes).some((key) => UNIT.test(key))) return;
    const { columns } = this.data;
    for (let at = columns.indexOf("recognition"); at < series.length; at += columns.length) series[at] = 0;
  }

  #row(series, scenario) {
    const { columns, constraints } = this.data;
    const width = columns.length;
    const place = (name) => columns.indexOf(name);
    const need = place("need_gap"), joint = place("joint_practice");
    const parts = constraints.map((kind) => place(`constraint_${kind}`));
    const held = parts.map(() => 0);
    let weight = 0;
    for (let at = 0; at < series.length; at += width) {
      const unmet = series[at + need];
      if (!(unmet > 0) || parts.some((part) => !Number.isFinite(series[at + part]))) continue;
      weight += unmet;
      parts.forEach((part, i) => { held[i] += series[at + part] * unmet; });
    }
    return { outcomes: runOutcomes(series, columns, scenario.first_shock), curve: columnOf(series, width, joint), held, weight };
  }
}

/** Changes as the workers take them. */
const sentChanges = (scenario, changes) => Object.fromEntries(Object.entries({ ...changes, ...placesOfPhases(scenario, changes) }).map(([key, value]) => [key, value === "forever" ? Infinity : value]));
