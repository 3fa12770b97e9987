// Calls the module with images that were spoilt, and prints the statuses: node spoilt.mjs FOLDER, with `bundle` in it.

import { readFileSync } from "node:fs";
import { Rules } from "../../src/qsim/browser/rules.mjs";

const rules = await Rules.of(new Uint8Array(readFileSync(`${process.argv[2]}/bundle`)));
const { exports, image, rows, totals } = rules;
const [world] = rules.worlds.values();
const [{ bytes }] = world.structures.values();
const { lengths } = world;
const rowsSize = 8 * (lengths.series + lengths.tasks);
const totalsSize = 8 * (lengths.sums + lengths.squares + lengths.hours);

function status(spoil = () => {}, sizes = {}) {
  new Uint8Array(exports.memory.buffer, image, bytes.length).set(bytes);
  spoil(new BigInt64Array(exports.memory.buffer, image, bytes.length / 8));
  const at = { image, size: bytes.length, rows, rowsSize, totals, totalsSize, ...sizes };
  return exports.run(at.image, at.size, at.rows, at.rowsSize, at.totals, at.totalsSize);
}

const words = [];
for (let word = 0; word < 3 + 3 * Number(process.argv[3]); word++)
  for (const change of [1n, -1n, 2n, 16n, -16n, 1n << 20n, 1n << 40n, 1n << 62n, -(1n << 62n), -(1n << 63n)])
    words.push(status((head) => (head[word] = BigInt.asIntN(64, head[word] + change))));
const sizes = [
  { size: 0 }, { size: 8 }, { size: bytes.length - 16 }, { size: bytes.length + 16 }, { size: NaN }, { size: Infinity },
  { rowsSize: rowsSize - 8 }, { rowsSize: rowsSize + 8 }, { rowsSize: 0 }, { totalsSize: totalsSize - 8 }, { totalsSize: -8 },
  { rows: rows + 4 }, { totals: totals + 1 }, { image: image + 8 },
].map((one) => status(undefined, one));
const right = status();
const kept = [exports.keep(-1), exports.keep(2 ** 32), exports.keep(NaN), exports.keep(2 ** 32 - 1)];

// Whatever is changed, the memory stays as large as it was after a few runs.
const memory = () => exports.memory.buffer.byteLength;
const runs = (count) => {
  for (let i = 0; i < count; i++) rules.run(world.name, i % 5, (i % 5) + 1, { "parameters.outreach.conflict_hours": 1 + i / 10 });
  return memory();
};
const grown = [runs(5), runs(300)];

// Where the module stops in the middle of a run, it is started anew.
const expected = rules.run(world.name, 0, 1).series;
rules.exports = { ...rules.exports, run() { throw new WebAssembly.RuntimeError("unreachable"); } };
let stopped;
try {
  rules.run(world.name, 0, 1);
} catch (error) {
  stopped = error.message;
}
const again = rules.run(world.name, 0, 1).series.every((value, i) => Object.is(value, expected[i]));
console.log(JSON.stringify({ words, sizes, kept, right, grown, stopped, again }));
