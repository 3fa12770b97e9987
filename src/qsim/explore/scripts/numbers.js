/** Numbers and months as people type and read them in a field; commas and points are told apart by the language. */

const GROUPED = { de: /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/, en: /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/ };
const PLAIN = /^-?(\d+([.,]\d*)?|[.,]\d+)$/;
const LONGEST = 20;

const rounded = (value) => Number(value.toPrecision(12));

/** The number that a text says, with a comma or a point before its decimals; NaN if it says none. */
export function numberIn(text, language) {
  const found = text.replace(/\s/g, "").replace(/^[−–]/, "-").replace(/^\+/, "");
  if (found.length > LONGEST) return NaN;
  if (GROUPED[language]?.test(found)) return Number(found.replace(language === "de" ? /\./g : /,/g, "").replace(",", "."));
  return PLAIN.test(found) ? Number(found.replace(",", ".")) : NaN;
}

/** A number as a field shows it. */
export const numberText = (value, language) => String(rounded(value)).replace("-", "−").replace(".", language === "de" ? "," : ".");

/** A month, as a number, as fields of months hold it. */
export const monthText = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

/** The month that a text says, the year first or last; NaN if it says none. */
export function monthIn(text) {
  const found = /^(?<year>\d{4})\s*[-./]\s*(?<month>\d{1,2})$|^(?<early>\d{1,2})\s*[-./]\s*(?<late>\d{4})$/.exec(text.trim())?.groups;
  const [year, month] = [found?.year ?? found?.late, found?.month ?? found?.early].map(Number);
  return month >= 1 && month <= 12 ? 12 * year + month - 1 : NaN;
}
