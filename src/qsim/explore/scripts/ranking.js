/** How often each of some plans is the best, and what is lost by choosing another, as comparison/ranking.py has it. */
import { mean, settingLevels, toldApart } from "./statistics.js";

/** The means of settings, as far apart as they are without the chance of their worlds. */
function withoutVariability(table) {
  const means = settingLevels(table), told = toldApart(table, means), middle = mean(means);
  return told ? means.map((value, s) => (told.kept[s] < 1 ? middle + Math.sqrt(told.kept[s]) * (value - middle) : value)) : means;
}

/** By how much each plan is worse than the best of each setting; `levels` are a table (settings, worlds) of each, none missing, more is better. */
export function regrets(levels) {
  const common = levels[0].map((row, s) => row.map((_, i) => mean(levels.map((own) => own[s][i]))));
  const apart = levels.map((own) => withoutVariability(own.map((row, s) => row.map((value, i) => value - common[s][i]))));
  const top = apart[0].map((_, s) => Math.max(...apart.map((own) => own[s])));
  return apart.map((own) => own.map((value, s) => top[s] - value));
}

/** The share of settings in which each plan is the best, by their regrets; equals share a setting. */
export function sharesOfBest(regret) {
  const first = regret[0].map((_, s) => regret.filter((own) => own[s] === 0).length);
  return regret.map((own) => mean(own.map((value, s) => (value === 0 ? 1 / first[s] : 0))));
}
