/**
 * Packages worth a comparison, where too many are affordable to compare them all, as advice/proposals.py has them: a surface with
 * an effect of each measure and of each pair is laid through what was seen, and climbed; what lies highest is looked at next.
 */
import { keyOf, union } from "./packages.js";
import { mean } from "./statistics.js";

const SINGLE = [0.05, 0.25, 1];
const PAIR = [0.02, 0.1, 0.5];
const CONSTANT = 100;
const STARTS = 5;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const spreadOf = (values) => mean(values.map((value) => (value - mean(values)) ** 2));
const inside = (row) => row.flatMap((there, place) => (there ? [place] : []));

/**
 * The packages of a choice that promise most, the best first, after at most `looks` of them were looked at: `look` gives the
 * promise of what is seen of packages, an array for each, all in the same settings with the same luck, more is better.
 */
export async function proposed(choice, look, { looks = 400, atOnce = 50, most = 60 } = {}) {
  let rows = firstOf(choice, Math.max(Math.floor(looks / 3), 2)), seen = await look(rows);
  for (;;) {
    const means = seen.map(mean);
    const best = [...rows.keys()].sort((one, other) => means[other] - means[one]).slice(0, STARTS).map((i) => rows[i]);
    const promising = climbed(choice, surface(rows, seen), [...best, ...rows.slice(-STARTS)]);
    const known = new Set(rows.map(keyOf));
    const more = promising.filter((row) => !known.has(keyOf(row))).slice(0, Math.min(atOnce, looks - rows.length));
    if (!more.length) return promising.slice(0, most);
    rows = [...rows, ...more];
    seen = [...seen, ...await look(more)];
  }
}

/** The packages to begin with, so many of them. */
function firstOf(choice, number) {
  const found = new Map();
  for (const row of turns(choice)) {
    found.set(keyOf(row), row);
    if (found.size === number) break;
  }
  return [...found.values()];
}

function* turns(choice) {
  const { closure } = choice, count = closure.length, none = closure.map(() => false);
  yield none;
  yield* closure;
  for (let step = 1; step <= count; step++) {
    for (let begin = 0; begin < count; begin++) {
      let row = none;
      for (let turn = 0; turn < count; turn++) {
        const larger = union(row, closure[(begin + step * turn) % count]);
        if (choice.allowed(larger)) row = larger;
      }
      yield row;
    }
  }
}

/** What to expect of a package: the mean of the effects given what was seen, with the likeliest spreads. */
function surface(rows, seen) {
  const means = seen.map(mean), level = mean(means), apart = Math.max(spreadOf(means), 1e-12);
  const common = seen[0].map((_, s) => mean(seen.map((own) => own[s])));
  const chance = mean(seen.map((own) => spreadOf(own.map((value, s) => value - common[s]))));
  const noise = Math.max(chance / Math.max(common.length - 1, 1), 1e-6 * apart);
  const places = rows.map(inside), shared = rows.map((row) => places.map((own) => own.filter((place) => row[place]).length));
  let likeliest = { likelihood: -Infinity };
  for (const pair of PAIR) {
    for (const single of SINGLE) {
      const scale = apart * single, like = (both) => scale * (CONSTANT + both + (pair * both * (both - 1)) / 2);
      const factor = cholesky(shared.map((own, i) => own.map((both, j) => like(both) + (i === j ? noise : 0))));
      const along = solved(factor, means.map((value) => value - level));
      const likelihood = -0.5 * sum(means.map((value, i) => (value - level) * along[i])) - sum(factor.map((own, i) => Math.log(own[i])));
      if (likelihood > likeliest.likelihood) likeliest = { likelihood, along, scale, pair };
    }
  }
  const { along, scale, pair } = likeliest;
  const effects = rows[0].map(() => rows[0].map(() => 0)); // of a measure where both are the same, else of a pair
  places.forEach((own, i) => own.forEach((one) => own.forEach((other) => { effects[one][other] += scale * (one === other ? 1 : pair) * along[i]; })));
  const constant = level + scale * CONSTANT * sum(along);
  return (row) => inside(row).reduce((total, one, at, own) => total + sum(own.slice(0, at + 1).map((other) => effects[one][other])), constant);
}

/** The lower triangle whose square is a matrix. */
function cholesky(matrix) {
  const lower = matrix.map(() => new Float64Array(matrix.length));
  lower.forEach((own, i) => {
    for (let j = 0; j <= i; j++) {
      const other = lower[j];
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= own[k] * other[k];
      own[j] = i === j ? Math.sqrt(rest) : rest / other[j];
    }
  });
  return lower;
}

/** The solution of a system whose matrix is the square of a lower triangle. */
function solved(lower, right) {
  const found = Float64Array.from(right), size = found.length;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) found[i] -= lower[i][k] * found[k];
    found[i] /= lower[i][i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) found[i] -= lower[k][i] * found[k];
    found[i] /= lower[i][i];
  }
  return found;
}

/** All packages met on the ways up, the highest first. */
function climbed(choice, heightOf, starts) {
  const met = new Map();
  for (let row of starts) {
    for (let height = heightOf(row); ;) {
      const near = neighbours(choice, row).map((one) => ({ row: one, height: heightOf(one) }));
      for (const one of near) met.set(keyOf(one.row), one);
      const top = near.reduce((highest, one) => (one.height > highest.height ? one : highest));
      if (top.height <= height + 1e-9 * Math.abs(height)) break;
      ({ row, height } = top);
    }
  }
  return [...met].sort(([one, { height }], [other, { height: than }]) => than - height || (one < other ? -1 : 1)).map(([, { row }]) => row);
}

/** The package itself and those with one measure more (and what it needs), less, or exchanged. */
function neighbours(choice, row) {
  const outside = choice.closure.filter((_, place) => !row[place]);
  const fewer = [row, ...inside(row).map((place) => row.map((there, i) => there && i !== place))];
  return [...fewer, ...fewer.flatMap((one) => outside.map((needed) => union(one, needed)))].filter((one) => choice.allowed(one));
}
