/** From the months of a run to its outcomes, as measures/outcomes.py has it. */

const YEAR = 12;

/** The months of a measure, where `width` measures stand in a month. */
export const columnOf = (series, width, place) => new Float64Array(series.length / width).map((_, month) => series[month * width + place]);

/** The outcomes of a run by name; `series` holds months one after another, `columns` their measures. */
export function runOutcomes(series, columns, firstShock) {
  const width = columns.length, months = series.length / width;
  const at = (month, name) => series[month * width + columns.indexOf(name)];
  const column = (name) => columnOf(series, width, columns.indexOf(name));
  const found = {};
  columns.forEach((name, place) => { found[name] = meanOfLast(series, place, width, Math.max(months - YEAR, 0)); });
  const years = months / YEAR, totals = {};
  for (const payer of ["departments", "units", "leaders", "civil_society"]) {
    totals[payer] = column(`hours_${payer}`).reduce((sum, value) => sum + value, 0);
    found[`hours_${payer}_total`] = totals[payer] / years;
  }
  const hours = totals.departments + totals.units;
  found.practice_per_1000_hours = (1000 * (at(months - 1, "practice") - at(0, "practice"))) / Math.max(hours, 1);
  const end = column("posts_funded").findIndex((posts, m, all) => posts > 0 && all[m + 1] === 0);
  for (const later of [0, 12, 24, 60]) {
    for (const name of ["practice", "knowledge"]) {
      found[`${name}_after_funding_${later}`] = end >= 0 && end + later < months ? at(end + later, name) : NaN;
    }
  }
  return Object.assign(found, afterShock(column("practice"), firstShock));
}

function afterShock(practice, shock) {
  const found = { shock_depth: NaN, shock_recovery: NaN, shock_new_level: NaN };
  if (shock === null || !(shock > 0 && shock < practice.length)) return found;
  const before = meanOf(practice.slice(Math.max(shock - YEAR, 0), shock));
  const after = practice.slice(shock, shock + 36);
  const lowest = after.indexOf(Math.min(...after));
  found.shock_depth = before - after[lowest];
  const back = practice.slice(shock + lowest).findIndex((value) => value >= before);
  if (back >= 0) found.shock_recovery = lowest + back;
  const later = practice.slice(shock + 36, shock + 48);
  if (later.length === YEAR) found.shock_new_level = meanOf(later) - before;
  return found;
}

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of what is known of a measure from a month on, NaN if nothing is. */
function meanOfLast(series, place, width, from) {
  let sum = 0, known = 0;
  for (let i = from * width + place; i < series.length; i += width) {
    if (Number.isNaN(series[i])) continue;
    sum += series[i];
    known += 1;
  }
  return known ? sum / known : NaN;
}
