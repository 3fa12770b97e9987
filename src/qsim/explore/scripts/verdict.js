/** What twin worlds say about a plan against another, as comparison/verdict.py has it. */
import { bootstrapInterval, mean, settingLevels, shareAbove, shareOfSettings } from "./statistics.js";

const ROUNDING = 1e-12;

/** Compare an outcome in two plans, tables (settings, worlds) of one and of the other: the other minus the one. */
export function compareOutcome(one, other, measure, confidence) {
  const apart = other.map((row, s) => row.map((value, i) => rounded(value - one[s][i])));
  const there = apart.flat().filter(Number.isFinite);
  const means = settingLevels(apart).filter(Number.isFinite);
  const [low, high] = there.length ? bootstrapInterval(means, confidence) : [NaN, NaN];
  return {
    measure,
    levels: [one, other].map((table) => mean(table.flat().filter(Number.isFinite))),
    difference: mean(means),
    low,
    high,
    shareWorlds: shareAbove(there),
    shareSettings: there.length ? shareOfSettings(apart) : NaN,
    relevant: measure.relevant ?? NaN,
  };
}

const rounded = (value) => (Math.abs(value) < ROUNDING ? 0 : value);

/** The interval of what the other plan does better; NaN if more of it is neither good nor bad. */
function gain(row) {
  if (row.measure.better === null) return [NaN, NaN];
  return row.measure.better ? [row.low, row.high] : [-row.high, -row.low];
}

/** Whether the plan with an index (0 or 1) is worse by more than the smallest relevant difference. */
export function isClearlyWorse(row, index) {
  const [low, high] = gain(row);
  return index === 1 ? high < -row.relevant : low > row.relevant;
}

/** The verdict on the primary outcome, and the index of the better plan, -1 if there is none. */
export function judge(primary, others, standards) {
  const [low, high] = gain(primary);
  const better = low > 0 ? 1 : 0;
  const least = better ? low : -high;
  const share = primary.shareSettings;
  let agrees = (better === 1) === primary.measure.better ? share : 1 - share;
  if (Number.isNaN(agrees)) agrees = 1;
  let verdict;
  if (least > primary.relevant && agrees >= standards.clearly) verdict = "clearly";
  else if (low > -primary.relevant && high < primary.relevant) return ["equal", -1];
  else if (least > 0 && agrees >= standards.probably) verdict = "probably";
  else return ["undecided", -1];
  return [others.some((other) => isClearlyWorse(other, better)) ? "trade_off" : verdict, better];
}

/** Whether the outcome is the same in all twin worlds. */
export const isSame = (row) => row.low === 0 && row.high === 0;

/** Whether the whole interval lies beyond the smallest relevant difference. */
export const isRelevant = (row) => row.low > row.relevant || row.high < -row.relevant;

/** The share in which a plan (0 or 1) is better, from that in which the other has more. */
export const shareAhead = (row, index, share) => ((index === 1) === (row.measure.better !== false) ? share : 1 - share);

/** The plan that is better in more twin worlds. */
export const indexAhead = (row) => (shareAhead(row, 1, row.shareWorlds) >= 0.5 ? 1 : 0);
