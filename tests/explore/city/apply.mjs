/**
 * Applies the modules that stand before this file, joined, to cases: reads given.json of a folder, {data, cases}, each case
 * answers, then corrections of them.
 */
import { readFileSync } from "node:fs";

const { scenarioOf } = module_answers;
const { yamlOf } = module_scenario_file;
const { answersIn, answersLine } = module_saved;
const { corrected, houseView, officesOf, settledAnswers } = module_house;
const { data, cases } = JSON.parse(readFileSync(`${process.argv[2]}/given.json`));
const textOf = (scenario, answers) => yamlOf(scenario, [answersLine(answers)]);
const done = cases.map(([first, ...corrections]) => {
  const kept = JSON.stringify(first);
  const answers = corrections.reduce((before, one) => corrected(data, before, one), first);
  const scenario = scenarioOf(data, answers);
  const text = textOf(scenario, answers);
  const settled = scenarioOf(data, settledAnswers(data, answers));
  return {
    answers, scenario, text, found: answersIn(text), offices: officesOf(data, scenario), view: houseView(data, answers, "de"),
    origins: Object.fromEntries(module_origins.originsOf(data, answers)),
    sources: module_house.sizeSources(data, answers, "de"), settled, settledText: textOf(settled, answers), arrays: module_arrays.houseArrays(data, data.numbers, settled), untouched: kept === JSON.stringify(first),
  };
});
process.stdout.write(JSON.stringify(done));
