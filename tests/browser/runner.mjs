// Runs jobs in Node and writes what they give: node runner.mjs FOLDER, with `bundle` and `jobs.json` in it.

import { readFileSync, writeFileSync } from "node:fs";
import { Rules } from "../../src/qsim/browser/rules.mjs";

const folder = process.argv[2];
const rules = await Rules.of(new Uint8Array(readFileSync(`${folder}/bundle`)));
JSON.parse(readFileSync(`${folder}/jobs.json`)).forEach(([world, from, to, changes], place) => {
  let said;
  try {
    const result = rules.run(world, from, to, changes);
    const parts = ["series", "tasks", "sums", "squares", "hours"].map((name) => result[name]);
    writeFileSync(`${folder}/${place}.bin`, Buffer.concat(parts.map((part) => Buffer.from(part.buffer))));
    said = { lengths: parts.map((part) => part.length) };
  } catch (error) {
    if (error.name !== "RunError") throw error;
    said = { error: `${error.status}: ${error.message}` };
  }
  writeFileSync(`${folder}/${place}.json`, JSON.stringify(said));
});
