/**
 * The best of some alternatives, as a group that cannot be told apart: sequential tests in pairs on common random numbers, as
 * advice/selection.py has them, where the procedure and its constants are explained. Arrays are over the alternatives in their order.
 */
import { mean, quantiles, studentQuantile, variance } from "./statistics.js";

const ALPHA = 0.05;

const known = (values) => values.filter(Number.isFinite);
const summed = (values) => values.reduce((sum, value) => sum + value, 0);

/**
 * Which of the alternatives, so many, are the best, where `delta` is the smallest relevant difference. `observe` gives the promise
 * of observations of those that are still in, from the first one on, so many: an array for each, more is better. `first`
 * observations of each are taken, then `batch` of each that is left, `most` in all and `each` of each, as many worlds as there are.
 * Observations go round the `settings`.
 */
export async function select(alternatives, observe, delta, { first = 24, batch = 8, most = Infinity, each = Infinity, settings = Infinity, watch = () => {} } = {}) {
  const beta = ALPHA / Math.max(alternatives - 1, 1);
  const halfSquare = (((2 * beta) ** (-2 / (first - 1)) - 1) / 2) * (first - 1);
  const seen = Array.from({ length: alternatives }, () => []), out = [];
  const spread = seen.map(() => seen.map(() => 0)), decided = seen.map((_, i) => seen.map((_, l) => i === l));
  let alive = seen.map((_, place) => place), left = most, count = first;
  for (;;) {
    const taken = seen[alive[0]].length + count;
    (await observe(alive, taken - count, count)).forEach((values, at) => seen[alive[at]].push(...values));
    left -= count * alive.length;
    const sums = seen.map(summed);
    const leaves = alive.flatMap((i) => {
      const beaten = alive.flatMap((l) => {
        if (l > i) spread[i][l] = spread[l][i] = Math.max(spread[i][l], variance(seen[i].map((value, r) => value - seen[l][r])));
        const walk = sums[i] - sums[l] + (taken * delta) / 2;
        const bound = Math.max((halfSquare * spread[i][l]) / (delta / 2) - (delta / 4) * taken, 0);
        const lost = !decided[i][l] && walk < -bound;
        decided[i][l] ||= walk >= bound;
        return lost ? [{ l, walk }] : [];
      });
      return beaten.length ? [{ place: i, by: beaten.reduce((worst, one) => (one.walk < worst.walk ? one : worst)).l, after: taken }] : [];
    });
    out.push(...leaves);
    alive = alive.filter((place) => !leaves.some((one) => one.place === place));
    watch(alive, taken);
    count = Math.min(batch, Math.floor(left / alive.length), each - taken);
    const all = alive.every((i) => alive.every((l) => decided[i][l]));
    if (all || !count) return summedUp(seen, alive, out, all ? (alive.length === 1 ? "best" : "group") : "budget", settings);
  }
}

/**
 * What was seen: the `group` at the top, the highest mean first; who is `out`; all in `order`; why it `stopped`; and by alternative
 * how many observations, its mean over settings, the difference to the first with its interval, and the share of settings where it is best.
 */
function summedUp(seen, alive, out, stopped, settings) {
  const levels = seen.map((own) => bySetting(own, settings)), means = levels.map(mean);
  const group = [...alive].sort((one, other) => means[other] - means[one] || one - other);
  const top = seen[group[0]];
  const apart = seen.map((own) => bySetting(own.map((value, i) => value - top[i]), settings));
  const differences = apart.map(mean);
  const half = apart.map((own) => studentQuantile(own.length - 1, 1 - ALPHA / 2) * Math.sqrt(variance(own) / own.length));
  const best = Array.from({ length: Math.max(...levels.map((own) => own.length)) }, (_, s) => Math.max(...known(levels.map((own) => own[s]))));
  const shared = best.map((most, s) => levels.filter((own) => own[s] === most).length);
  const regrets = levels.map((own) => own.map((value, s) => best[s] - value));
  const others = out.map((one) => one.place).sort((one, other) => differences[other] - differences[one] || one - other);
  return {
    stopped, group, out, means, differences,
    order: [...group, ...others],
    observations: seen.map((own) => own.length),
    low: differences.map((value, i) => value - half[i]),
    high: differences.map((value, i) => value + half[i]),
    bestShare: levels.map((own) => summed(own.map((value, s) => (value === best[s] ? 1 / shared[s] : 0))) / own.length),
    regret90: regrets.map((own) => quantiles(own, [0.9])[0]),
    regretLargest: regrets.map((own) => Math.max(...own)),
  };
}

/** The means of settings, of observations that go round them. */
const bySetting = (values, settings) =>
  values.slice(0, settings).map((_, s) => mean(values.filter((_, i) => i % settings === s)));
