/** What is dated within the run of a plan, as engine/marks.py has it, and how it differs from what is. */
const FOREVER = "forever";

const valueOf = (at, changes) => (Object.hasOwn(changes, at.key) ? { value: changes[at.key], certain: true } : at);

/** When one of the dated comes in a plan: its month, label, and whether it is certain; null if not within the run. */
function markOf(scenario, one, changes) {
  const date = valueOf(one.date, changes), later = one.later ? valueOf(one.later, changes) : { value: 0, certain: true };
  if (date.value === null || later.value === null || later.value === FOREVER) return null;
  const month = date.value + later.value;
  if (!(month >= scenario.start && month < scenario.start + scenario.months)) return null;
  const by = one.by ? valueOf(one.by, changes).value : "";
  return { at: month, month: Math.floor(month), label: one.labels[by], certain: date.certain && later.certain };
}

const inOrder = (marks) => marks.filter(Boolean).sort((one, other) => one.at - other.at);

/** The marks of a plan, in order of time. */
export const calendarMarks = (scenario, changes) => inOrder(scenario.dated.map((one) => markOf(scenario, one, changes)));

/** The marks of what is and of a plan together; `only` is 0 or 1 where one of the two has it alone. */
export function calendarOf(scenario, changes) {
  return inOrder(scenario.dated.flatMap((one) => {
    const [first, plan] = [{}, changes].map((own) => markOf(scenario, one, own));
    if (JSON.stringify(first) === JSON.stringify(plan)) return [first];
    return [first, plan].map((mark, only) => mark && { ...mark, only });
  }));
}
