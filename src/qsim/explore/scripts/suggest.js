/** What is the best that can be done within a budget, as advice/choosing.py has it: packages are searched, and the best told apart. */
import { Choice } from "./packages.js";
import { proposed } from "./proposals.js";
import { select } from "./selection.js";

const FIRST = 24; // worlds of each package before any is judged
const NOTHING = 0.1; // of the smallest relevant difference: what a measure has to bring in the search

/** How much is run; what each is called says advice/choosing.py. */
export const EFFORT = { few: 100, looks: 120, lookSettings: 10, proposals: 40, most: 6000, shown: 4 };

/**
 * The runs of the worlds that are looked at, of so many settings with so many twins each: one a setting; after the last setting the
 * first comes again, with other luck. Those of a search lie at the other end, so that who searches there does not choose by luck.
 */
export const worldsOf = (first, count, settings, twins) => range(first, count).map((column) => (column % settings) * twins + Math.floor(column / settings));
export const lastWorldsOf = (count, settings, twins) => range(0, count).map((column) =>
  (settings - 1 - (column % settings)) * twins + ((twins - 1 - Math.floor(column / settings)) % twins));

const range = (first, count) => Array.from({ length: count }, (_, i) => first + i);

/**
 * The best packages of options (see packages.js) within a budget, the one to take first: the cheapest of those that are as good as
 * the best. `relevant` is the smallest relevant difference; `observe` gives the promise of what packages, lists of ids, bring in
 * some runs, an array for each, more is better; `tell` is told how many packages are left and how many worlds each has had.
 * Where nothing is affordable, it returns the cheapest option there is alone.
 */
export async function suggest({ options, budget, relevant, observe, settings, twins, effort = EFFORT, tell = () => {} }) {
  const choice = new Choice(options, budget);
  if (!choice.options.length) return { cheapest: choice.cheapest ?? null };
  const every = choice.every(effort.few);
  const packages = (every ?? await searched()).map((row) => choice.ids(row));
  const found = await select(packages.length, (alive, first, count) => observe(alive.map((place) => packages[place]), worldsOf(first, count, settings, twins)), relevant, {
    first: FIRST, most: Math.max(effort.most, FIRST * packages.length), each: settings * twins, settings,
    watch: (alive, worlds) => tell({ stage: "comparing", packages: alive.length, worlds }),
  });
  return { ...found, packages, shown: shown(), affordable: every?.length ?? null };

  /** Packages worth a comparison, and doing nothing. */
  async function searched() {
    const worlds = lastWorldsOf(effort.lookSettings, settings, twins);
    let looked = 0;
    const look = async (rows) => {
      tell({ stage: "searching", packages: looked += rows.length, worlds: worlds.length });
      const seen = await observe(rows.map((row) => choice.ids(row)), worlds);
      return seen.map((own, i) => own.map((value) => value - NOTHING * relevant * choice.ids(rows[i]).length));
    };
    const rows = await proposed(choice, look, { looks: effort.looks, most: effort.proposals });
    return [choice.options.map(() => false), ...rows.filter((row) => row.some(Boolean))];
  }

  /** The places of the packages that are told of: the one to take, then those with the highest means. */
  function shown() {
    const alike = found.group.filter((place) => found.stopped !== "budget" || found.low[place] > -relevant);
    const costs = new Map(options.map((one) => [one.id, one.cost]));
    const price = (place) => [...Object.keys(budget).map((name) => sum(packages[place].map((id) => costs.get(id)[name]?.[1] ?? 0))), packages[place].length, found.group.indexOf(place)];
    const prices = (alike.length ? alike : found.group.slice(0, 1)).map((place) => ({ place, price: price(place) }));
    const cheapest = prices.reduce((least, one) => (isLess(one.price, least.price) ? one : least)).place;
    return [...new Set([cheapest, ...found.group])].slice(0, effort.shown);
  }
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Whether a list of numbers comes before another. */
function isLess(one, other) {
  const place = one.findIndex((value, i) => value !== other[i]);
  return place >= 0 && one[place] < other[place];
}
