/** Where the values of a city's scenario come from: which part of which question gave each, and whether it was stated. */
import { isAsked, partsOf, statedValue } from "./answers.js";

const ANY_HEAD = /^leaders\[head_(?!\*)\w+\]/;

/** Return {part, stated} by key; what no answer gives is in it, too, as its part writes it: as assumed. */
export function originsOf(data, answers) {
  const parts = partsOf(data), found = new Map();
  const asked = new Set(parts.filter((part) => isAsked(part, answers)).map((part) => part.id));
  const stated = new Map(parts.map((part) => [part.id, asked.has(part.id) ? statedValue(data, part, answers) : undefined]));
  const visit = (key, template, part, given) => {
    if (typeof template === "string" && asked.has(template.slice(1))) {
      const from = template.slice(1);
      found.set(key, { part: from, stated: stated.get(from) !== undefined });
    } else if (Array.isArray(template)) template.forEach((entry, place) => visit(`${key}[${entry?.id ?? place}]`, entry, part, given));
    else if (template !== null && typeof template === "object" && !isValue(template)) {
      if (template.kind === "permanent" && given) found.set(`${key}.duration_months`, { part, stated: true });
      for (const [field, entry] of Object.entries(template)) visit(`${key}.${field}`, entry, part, false);
    } else found.set(key, { part, stated: given });
  };
  for (const part of parts) {
    const answer = stated.get(part.id);
    if (part.kind === "having" && answer === false) continue;
    const chosen = part.kind === "choice" ? (answer ?? part.unknown) : {};
    for (const [key, template] of Object.entries(chosen.set ?? {})) visit(key, template, part.id, answer !== undefined);
    for (const [key, template] of Object.entries(part.set ?? {})) visit(key, template, part.id, false);
  }
  return found;
}

/** Return where the value at a key comes from, undefined if no question asks for it. */
export const originAt = (origins, key) => origins.get(key) ?? origins.get(key.replace(ANY_HEAD, "leaders[head_*]"));

/** Whether a template stands for a value that is open. */
const isValue = (template) => ["between", "one_of", "month", "by", "case", "de"].some((name) => Object.hasOwn(template, name));
