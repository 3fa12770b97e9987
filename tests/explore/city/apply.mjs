/** Applies the modules of a folder to cases from standard input, {data, numbers, cases}: each is answers, then corrections of them. */
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const { scenarioOf } = await import(`${folder}/answers.js`);
const { answersIn, scenarioText } = await import(`${folder}/saved.js`);
const { corrected, houseView, officesOf, settledAnswers } = await import(`${folder}/house.js`);
const { houseArrays } = await import(`${folder}/arrays.js`);
const { data, numbers, cases } = JSON.parse(readFileSync(0, "utf-8"));
const done = cases.map(([first, ...corrections]) => {
  const kept = JSON.stringify(first);
  const answers = corrections.reduce((before, one) => corrected(data, before, one), first);
  const scenario = scenarioOf(data, answers);
  const text = scenarioText(scenario, answers);
  const settled = scenarioOf(data, settledAnswers(data, answers));
  return {
    answers, scenario, text, found: answersIn(text), offices: officesOf(data, scenario), view: houseView(data, answers, "de"),
    settled, settledText: scenarioText(settled), arrays: houseArrays(data, numbers, settled), untouched: kept === JSON.stringify(first),
  };
});
process.stdout.write(JSON.stringify(done));
