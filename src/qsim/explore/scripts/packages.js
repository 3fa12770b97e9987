/** Sets of measures that a budget affords and that may stand side by side, as advice/packages.py has them. */

const ROUNDING = 1e-9;

const zero = (length) => new Array(length).fill(false);
const sizeOf = (row) => row.filter(Boolean).length;

/** The set of what is in one of two. */
export const union = (row, more) => row.map((there, i) => there || more[i]);

/** A text that two sets have in common only if they are the same; texts are in the order of sets. */
export const keyOf = (row) => row.map(Number).join("");

/**
 * The options that may be in a package at all, and which sets of them are one. An option has an id, its `cost` by names of what
 * may be limited, each at least and at most, the ids that it `needs`, and those that are `not_beside` it. A set is an array of
 * booleans, one for each of `options`; these are those which the `budget` affords by themselves, with what they need.
 */
export class Choice {
  constructor(options, budget) {
    const whole = new Map(options.map((one) => [one.id, one]));
    const closed = new Map(options.map((one) => [one.id, closure(one.id, whole)]));
    this.budget = budget;
    this.#prepare(options.filter((one) => [...closed.get(one.id)].every((id) => whole.has(id))), closed);
    this.able = this.options;
    this.#prepare(this.options.filter((_, place) => this.allowed(this.closure[place])), closed);
  }

  #prepare(options, closed) {
    this.options = options;
    this.costs = Object.entries(this.budget).map(([name, limit]) => ({ limit, each: options.map((one) => most(one, name)) }));
    this.excludes = options.map((one) => options.map((other) => one.not_beside.includes(other.id) || other.not_beside.includes(one.id)));
    this.closure = options.map((one) => options.map((other) => closed.get(one.id).has(other.id)));
  }

  /** Whether a set is a package. */
  allowed(row) {
    const holds = (place) => this.closure[place].every((needed, i) => !needed || row[i]) && !this.excludes[place].some((apart, i) => apart && row[i]);
    return this.costs.every(({ limit, each }) => summed(each.filter((_, i) => row[i])) <= limit * (1 + ROUNDING)) &&
      row.every((there, place) => !there || holds(place));
  }

  /** All packages, the empty one first, smaller ones before larger ones; null if there are more than `atMost`. */
  every(atMost) {
    let rows = [zero(this.options.length)];
    const order = this.options.map((_, place) => place).sort((one, other) => sizeOf(this.closure[one]) - sizeOf(this.closure[other]));
    for (const place of order) {
      const more = rows.map((row) => row.map((there, i) => there || i === place)).filter((row) => this.allowed(row));
      rows = rows.concat(more);
      if (rows.length > atMost) return null;
    }
    return rows.sort((one, other) => sizeOf(one) - sizeOf(other) || (keyOf(one) < keyOf(other) ? 1 : -1));
  }

  /** Whether no option can be added to a package, with all that it needs. */
  maximal(row) {
    return !this.closure.some((needed) => needed.some((there, i) => there && !row[i]) && this.allowed(union(row, needed)));
  }

  /** The ids of the options in a package. */
  ids(row) {
    return this.options.filter((_, place) => row[place]).map((one) => one.id);
  }

  /** The option that goes least beyond the budget where nothing is affordable, with what it needs: its id, and costs by limit. */
  get cheapest() {
    const whole = new Map(this.able.map((one) => [one.id, one]));
    const costs = this.able.map(({ id }) => ({ id, cost: Object.fromEntries(Object.keys(this.budget).map((name) =>
      [name, summed([...closure(id, whole)].map((needed) => most(whole.get(needed), name)))])) }));
    const over = ({ cost }) => Object.entries(cost).map(([name, amount]) => (amount > this.budget[name] ? amount : 0));
    return costs.sort((one, other) => compareLists([...over(one), one.id], [...over(other), other.id]))[0];
  }
}

const summed = (values) => values.reduce((sum, value) => sum + value, 0);
const most = (option, name) => option.cost[name]?.[1] ?? 0;

function compareLists(one, other) {
  const place = one.findIndex((value, i) => value !== other[i]);
  return place < 0 ? 0 : one[place] < other[place] ? -1 : 1;
}

/** The ids of an option and of all that it needs, and of what those need. */
function closure(id, options) {
  const found = new Set([id]);
  for (const name of found) for (const needed of options.get(name)?.needs ?? []) found.add(needed);
  return found;
}
