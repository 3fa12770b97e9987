/** The statistics of twin worlds, as runs/intervals.py has them: intervals, shares of settings, what of a spread is chance. */

const RESAMPLES = 1999;
const LEAST_SPREAD = 0.25;
const SURE = 1e8;

const sum = (values) => values.reduce((total, value) => total + value, 0);
export const mean = (values) => (values.length ? sum(values) / values.length : NaN);
const known = (values) => values.filter(Number.isFinite);

export function variance(values) {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
}

/** The quantiles of values at some shares, between neighbours in proportion, as numpy has them. */
export function quantiles(values, shares) {
  const sorted = Float64Array.from(values).sort();
  return shares.map((share) => {
    const place = share * (sorted.length - 1), below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  });
}

const WORD = (1n << 64n) - 1n;
const STATE = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const FIRST_STATE = 35399562948360463058890781895381311971n; // of numpy's default generator with the seed 0
const INCREMENT = 87136372517582989555478159403783844777n;

/** Draws of whole numbers below a limit, those of numpy's default generator with the seed 0. */
function* drawn(limit) {
  let state = FIRST_STATE;
  const threshold = (2 ** 32 - limit) % limit;
  for (;;) {
    state = (state * MULTIPLIER + INCREMENT) & STATE;
    const high = state >> 64n, mixed = high ^ (state & WORD), turn = high >> 58n;
    const word = ((mixed >> turn) | (mixed << (64n - turn))) & WORD;
    for (const half of [Number(word & 0xffffffffn), Number(word >> 32n)]) {
      const low = Math.imul(half, limit) >>> 0;
      if (low >= threshold) yield Math.floor((half * limit) / 2 ** 32);
    }
  }
}

const resampled = new Map();

/** Which of n values stand in each resample; the same for all of one length. */
function resamples(n) {
  if (!resampled.has(n)) {
    const draws = drawn(n);
    resampled.set(n, Uint16Array.from({ length: RESAMPLES * n }, () => draws.next().value));
  }
  return resampled.get(n);
}

/** The studentised bootstrap interval of the mean of independent values. */
export function bootstrapInterval(values, confidence) {
  const n = values.length;
  if (n < 2) return [NaN, NaN];
  if (values.every((value) => value === values[0])) return [values[0], values[0]];
  const middle = mean(values), error = Math.sqrt(variance(values) / n), places = resamples(n);
  const studentised = Float64Array.from({ length: RESAMPLES }, (_, r) => {
    let total = 0, squares = 0;
    for (let i = 0; i < n; i++) total += values[places[r * n + i]];
    const own = total / n;
    for (let i = 0; i < n; i++) squares += (values[places[r * n + i]] - own) ** 2;
    return (own - middle) / Math.max(Math.sqrt(squares / (n - 1) / n), LEAST_SPREAD * error);
  });
  const tail = (1 - confidence) / 2;
  const [low, high] = quantiles(studentised, [tail, 1 - tail]);
  return [middle - high * error, middle - low * error];
}

/** The mean of each setting over its worlds, NaN where nothing is known. */
export const settingLevels = (table) => table.map((row) => mean(known(row)));

/** The share of values above zero; zero counts half. */
export const shareAbove = (values) =>
  values.length ? mean(values.map((value) => (value > 0 ? 1 : value === 0 ? 0.5 : 0))) : NaN;

/** What is chance in the means of settings; null where no setting has two worlds. */
export function toldApart(table, means) {
  const free = table.map((row) => known(row).length - 1);
  if (!free.some((count) => count > 0)) return null;
  const squares = table.map((row, i) => sum(known(row).map((value) => (value - means[i]) ** 2)));
  const pooled = sum(squares) / sum(free);
  const own = squares.map((square, i) => (free[i] > 0 ? square / free[i] : pooled));
  const noise = steadied(own, free).map((value, i) => value / (free[i] + 1));
  const total = means.length > 1 ? variance(means) : 0;
  const without = Math.max(total - mean(own.map((value, i) => value / (free[i] + 1))), 0);
  return { noise, kept: noise.map((value) => (without + value > 0 ? without / (without + value) : 1)), total };
}

/** Variances, each drawn towards what is common to all as far as they are alike (Smyth 2004). */
function steadied(variances, free) {
  const there = variances.map((_, i) => i).filter((i) => free[i] > 0 && variances[i] > 0);
  if (there.length < 2) return variances;
  const logs = there.map((i) => Math.log(variances[i]) - digamma(free[i] / 2) + Math.log(free[i] / 2));
  const spread = variance(logs) - mean(there.map((i) => trigamma(free[i] / 2)));
  const steady = [...variances];
  if (spread <= trigamma(SURE)) {
    const common = sum(there.map((i) => variances[i] * free[i])) / sum(there.map((i) => free[i]));
    for (const i of there) steady[i] = common;
  } else {
    const half = inverseTrigamma(spread);
    const common = Math.exp(mean(logs) + digamma(half) - Math.log(half));
    for (const i of there) steady[i] = (half * common + (free[i] / 2) * variances[i]) / (half + free[i] / 2);
  }
  return steady;
}

/** The share of settings whose own mean is above zero, freed of the chance of their worlds. */
export function shareOfSettings(table) {
  const worlds = shareAbove(known(table.flat()));
  if (worlds === 0 || worlds === 1) return worlds;
  const there = table.filter((row) => known(row).length);
  const means = settingLevels(there);
  if (!means.length) return NaN;
  const told = toldApart(there, means);
  if (told === null) return shareAbove(means);
  const middle = mean(means);
  return mean(means.map((value, i) => {
    const expected = middle + told.kept[i] * (value - middle);
    const spread = Math.sqrt(told.kept[i] * told.noise[i] + (1 - told.kept[i]) ** 2 * told.total / means.length);
    return spread > 0 ? normal(expected / spread) : expected > 0 ? 1 : expected === 0 ? 0.5 : 0;
  }));
}

/** The share of the variance of single runs that is chance; the rest is between settings. */
export function chanceShare(table) {
  const there = table.filter((row) => known(row).length);
  const means = settingLevels(there);
  const told = means.length > 1 ? toldApart(there, means) : null;
  if (told === null) return NaN;
  const worlds = there.map((row) => known(row).length);
  const squares = sum(there.map((row, i) => sum(known(row).map((value) => (value - means[i]) ** 2))));
  const within = squares / sum(worlds.map((count) => Math.max(count - 1, 0)));
  const between = Math.max(told.total - within * mean(worlds.map((count) => 1 / count)), 0);
  return within + between > 0 ? within / (within + between) : NaN;
}

function digamma(x) {
  let shift = 0;
  for (; x < 10; x++) shift -= 1 / x;
  const y = 1 / (x * x);
  return shift + Math.log(x) - 0.5 / x -
    y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760))))));
}

function trigamma(x) {
  let shift = 0;
  for (; x < 10; x++) shift += 1 / (x * x);
  const y = 1 / (x * x);
  return shift + 1 / x + y / 2 +
    (y / x) * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * (5 / 66 - y * (691 / 2730))))));
}

/** Where trigamma has a value; it falls all the way. */
function inverseTrigamma(value) {
  let low = 1e-8, high = SURE;
  for (let i = 0; i < 200; i++) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > value) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** The quantile of Student's distribution with whole degrees of freedom; its distribution is a finite sum (Abramowitz and Stegun 26.7). */
export function studentQuantile(freedom, share) {
  const inside = (angle) => { // the probability of values between the tangent of an angle, times the root of the freedom, and its negative
    const square = Math.cos(angle) ** 2, odd = freedom % 2;
    let term = odd ? Math.cos(angle) : 1, total = 0;
    for (let power = odd; power <= freedom - 2; power += 2) {
      total += term;
      term *= (square * (power + 1)) / (power + 2);
    }
    return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * total) : Math.sin(angle) * total;
  };
  let low = 0, high = Math.PI / 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (inside(middle) < Math.abs(2 * share - 1)) low = middle;
    else high = middle;
  }
  return Math.sign(share - 0.5) * Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** The normal distribution. */
export function normal(x) {
  const z = Math.abs(x) / Math.SQRT2;
  const tail = z < 2.5 ? 1 - erfSeries(z) : erfcFraction(z);
  return x < 0 ? tail / 2 : 1 - tail / 2;
}

function erfSeries(z) {
  let term = z, total = z;
  for (let n = 1; Math.abs(term) > 1e-17 * total; n++) {
    term *= (-z * z) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function erfcFraction(z) {
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (z + fraction);
  return Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction);
}
