/** From the months of a run to its outcomes, as measures/outcomes.py has it. */

const YEAR = 12;

/** The outcomes of a run by name; `series` holds months one after another, `columns` their measures. */
export function runOutcomes(series, columns, firstShock) {
  const months = series.length / columns.length;
  const place = Object.fromEntries(columns.map((name, i) => [name, i]));
  const at = (month, name) => series[month * columns.length + place[name]];
  const column = (name, from = 0, to = months) =>
    Array.from({ length: Math.max(Math.min(to, months) - Math.max(from, 0), 0) }, (_, i) => at(Math.max(from, 0) + i, name));
  const found = {};
  for (const name of columns) found[name] = meanOfKnown(column(name, months - YEAR));
  const years = months / YEAR;
  const total = (name) => column(name).reduce((sum, value) => sum + value, 0);
  for (const payer of ["departments", "units", "leaders", "civil_society"]) {
    found[`hours_${payer}_total`] = total(`hours_${payer}`) / years;
  }
  const hours = total("hours_departments") + total("hours_units");
  found.practice_per_1000_hours = (1000 * (at(months - 1, "practice") - at(0, "practice"))) / Math.max(hours, 1);
  const end = column("posts_funded").findIndex((posts, m, all) => posts > 0 && all[m + 1] === 0);
  for (const later of [0, 12, 24, 60]) {
    for (const name of ["practice", "knowledge"]) {
      found[`${name}_after_funding_${later}`] = end >= 0 && end + later < months ? at(end + later, name) : NaN;
    }
  }
  Object.assign(found, afterShock(column, firstShock, months));
  return found;
}

function afterShock(column, shock, months) {
  const found = { shock_depth: NaN, shock_recovery: NaN, shock_new_level: NaN };
  if (shock === null || !(shock > 0 && shock < months)) return found;
  const before = meanOf(column("practice", shock - YEAR, shock));
  const after = column("practice", shock, shock + 36);
  const lowest = after.indexOf(Math.min(...after));
  found.shock_depth = before - after[lowest];
  const back = column("practice", shock + lowest).findIndex((value) => value >= before);
  if (back >= 0) found.shock_recovery = lowest + back;
  const later = column("practice", shock + 36, shock + 48);
  if (later.length === YEAR) found.shock_new_level = meanOf(later) - before;
  return found;
}

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanOfKnown(values) {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.length ? meanOf(there) : NaN;
}
