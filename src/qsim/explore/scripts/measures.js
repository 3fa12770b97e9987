/** Measures of a plan: which of them it has, what keeps the others out, and what they cost, by what stands among its changes. */
import { NEVER, idleAdditions, sameValue } from "./changes.js";

/** Whether a change of a measure stands in a plan: its value; of what it adds any month in which that begins. */
function stands(control, value, changes) {
  if (!Object.hasOwn(changes, control.key)) return false;
  return control.switch === NEVER ? changes[control.key] < NEVER : sameValue(changes[control.key], value);
}

/** The ids of the measures that a plan has; of two that exclude each other the one that changes more. */
export function measuresIn({ measures, controls }, changes) {
  const known = new Map(controls.map((control) => [control.key, control]));
  const size = ({ changes: own }) => Object.keys(own).length;
  const there = measures.filter((one) => size(one) && Object.entries(one.changes).every(([key, value]) => stands(known.get(key), value, changes)));
  const found = new Set();
  for (const one of [...there].sort((a, b) => size(b) - size(a))) if (!one.not_beside.some((id) => found.has(id))) found.add(one.id);
  return found;
}

/** The ids of the measures that a plan has and that exclude one, and of those that it lacks. */
export function obstaclesTo(measure, had) {
  return { beside: measure.not_beside.filter((id) => had.has(id)), lacking: measure.needs.filter((id) => !had.has(id)) };
}

/** The changes of a plan with a measure. */
export const withMeasure = (measure, changes) => ({ ...changes, ...measure.changes });

/** The changes of the plan that a page opens with: the measures that were asked for. */
export const firstChanges = ({ measures = [], ticked = [] }) =>
  measures.filter(({ id }) => ticked.includes(id)).reduce((changes, one) => withMeasure(one, changes), {});

/** The changes of a plan without a measure and what needs it: what was said of its additions goes with them. */
export function withoutMeasure(scenario, measure, changes) {
  const had = measuresIn(scenario, changes);
  const gone = scenario.measures.filter(({ id, needs }) => had.has(id) && (id === measure.id || needs.includes(measure.id)));
  const stay = scenario.measures.filter((one) => had.has(one.id) && !gone.includes(one)).flatMap((one) => Object.keys(one.changes));
  const keys = gone.flatMap((one) => Object.keys(one.changes)).filter((key) => !stay.includes(key));
  const left = Object.fromEntries(Object.entries(changes).filter(([key]) => !keys.includes(key)));
  const before = idleAdditions(scenario, changes), idle = idleAdditions(scenario, left).filter((key) => !before.includes(key));
  return Object.fromEntries(Object.entries(left).filter(([key]) => !idle.some((entry) => key.startsWith(entry))));
}

/** What measures cost at most, euros a year and once. */
export function costOf({ measures }, ids) {
  const most = (name) => measures.filter(({ id }) => ids.has(id)).reduce((sum, { cost }) => sum + cost[name][1], 0);
  return { aYear: most("a_year"), once: most("once") };
}
