/**
 * Lays out own cities and runs them: the joined modules stand before this file. Reads given.json of a folder: {city, words,
 * language, cases, rows}, each case with answers and changes; writes N.json, {scenario, entry, told (the entry with what was stated),
 * text, lengths}, and N.bin, the results.
 */
import { readFileSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
const { city, words, language, cases, rows } = JSON.parse(readFileSync(`${folder}/given.json`));
const bytes = new Uint8Array(readFileSync(`${folder}/bundle`));
const speak = module_words.speaker(language, words);
const rules = await module_rules.Rules.of(bytes);
for (const [n, { answers, changes }] of cases.entries()) {
  const settled = module_house.settledAnswers(city, { ...answers, lang: language });
  const scenario = module_answers.scenarioOf(city, settled), task = module_answers.taskOf(city, settled);
  const entry = module_own_entry.ownEntry(city, task, scenario, speak);
  rules.add("city", module_own_world.ownWorld(city, task, scenario, entry, rules.tables.settings));
  const told = module_own_entry.ownEntry(city, task, scenario, speak, module_origins.originsOf(city, settled));
  const text = module_scenario_file.yamlOf(module_scenario_file.contentOf(entry, changes), [module_saved.answersLine(settled)]);
  const sent = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value === "forever" ? Infinity : value]));
  const parts = ["series", "tasks", "sums", "squares", "hours"];
  const results = rows.map(([from, to]) => rules.run("city", from, to, sent));
  const found = parts.map((part) => Float64Array.from(results.flatMap((result) => [...result[part]])));
  writeFileSync(`${folder}/${n}.json`, JSON.stringify({ scenario, entry, told, text, answers: module_saved.answersIn(text), lengths: found.map(({ length }) => length) }));
  writeFileSync(`${folder}/${n}.bin`, Buffer.concat(found.map(({ buffer }) => Buffer.from(buffer))));
}
