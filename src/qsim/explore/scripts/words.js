/** Says texts and numbers in the language of the page, as present/words/speaker.py does. */

const MINUS = "−", MISSING = "–";
const SMALLEST = 0.05; // of a hundred, what is shown with one decimal

/** Return who speaks: `texts` by name, numbers as the language has them. */
export function speaker(language, texts) {
  const formats = new Map(); // to make one takes longer than to use it
  const format = (key, make) => formats.get(key) ?? formats.set(key, make()).get(key);
  const digital = (digits, style = "decimal") => format(`${style} ${digits}`, () =>
    new Intl.NumberFormat(language, { style, minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const exactly = new Intl.NumberFormat(language, { maximumFractionDigits: 4 }), plural = new Intl.PluralRules(language);
  const minus = (text) => text.replace("-", MINUS);
  const say = (name, values = {}) => {
    if (!(name in texts)) throw new Error(`no text ${name}`);
    return texts[name].replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));
  };
  const rounded = (value, digits) => Number(Math.round(Number(`${value}e${digits}`)) + `e-${digits}`) + 0;
  const decimal = (value, digits = 1, signed = false) => {
    if (!Number.isFinite(value)) return MISSING;
    const near = Math.abs(value) < 1e-6 ? 0 : rounded(value, digits);
    return (signed && near > 0 ? "+" : "") + minus(digital(digits).format(near));
  };
  const percent = (share, digits = 0) =>
    Number.isFinite(share)
      ? minus(digital(digits, "percent").format(rounded(share, digits + 2)))
      : MISSING;
  const list = (parts, last) =>
    parts.length > 1 ? `${parts.slice(0, -1).join(", ")} ${last} ${parts[parts.length - 1]}` : parts.join("");
  return {
    language,
    say,
    decimal,
    percent,
    level: (share) => percent(share, 1),
    exact: (value) => (Number.isFinite(value) ? minus(exactly.format(value)) : MISSING),
    counted: (name, number, values = {}) =>
      say(`${name}.${plural.select(number)}`, { number: decimal(number, 0), ...values }),
    span: (low, high) => `${low} ${say("terms.list.to")} ${high}`,
    joined: (parts) => list(parts, say("terms.list.and")),
    either: (parts) => list(parts, say("terms.list.or")),
    ofHundred: (share) => (Number.isFinite(share) ? decimal(wholeOfHundred(share), 0) : MISSING),
    month: (month, form = "long") =>
      format(form, () => new Intl.DateTimeFormat(language, { month: form, year: "numeric", timeZone: "UTC" }))
        .format(Date.UTC(Math.floor(month / 12), month % 12, 1)),
  };
}

/** How many of 100 a share is, whole; 100 and 0 are kept for all and none. */
export function wholeOfHundred(share) {
  const whole = Math.round(100 * share);
  return share > 0 && share < 1 ? Math.min(Math.max(whole, 1), 99) : whole;
}

/** What levels are of 100, as texts: whole, or with a decimal where whole numbers would tell another difference than there is. */
export function levelsOfHundred(levels, { decimal }) {
  const whole = levels.map(wholeOfHundred), apart = (values) => values[values.length - 1] - values[0];
  const difference = 100 * apart(levels);
  const right = levels.length < 2 || (apart(whole) === Math.round(difference) && (apart(whole) || Math.abs(difference) < SMALLEST));
  return right ? whole.map((value) => decimal(value, 0)) : levels.map((level) => decimal(100 * level, 1));
}

/** The value of a measure as it is shown: a share as percent. */
const shown = (value, measure) => (measure.percent ? 100 * value : value);

/** A value for a table: the number alone. */
export const cell = (speak, value, measure, signed = false) => speak.decimal(shown(value, measure), measure.digits, signed);

/** A range for a table. */
export const cellRange = (speak, low, high, measure, signed = false) =>
  Number.isFinite(low) && Number.isFinite(high)
    ? speak.span(cell(speak, low, measure, signed), cell(speak, high, measure, signed))
    : MISSING;

/** A value with its unit. */
export const valueText = (speak, value, measure) =>
  measure.percent ? speak.percent(value, measure.digits) : `${cell(speak, value, measure)} ${measure.unit}`.trim();

/** The smallest relevant difference for a sentence. */
export function thresholdText(speak, value, measure) {
  const number = measure.digits === 0 && value >= 1 ? speak.decimal(value, 0) : speak.exact(shown(value, measure));
  return `${number} ${number === "1" ? measure.one : measure.difference}`.trim();
}
