/** What is drawn of an unknown in a setting, by its address, as qsim.world.draws has it: Philox4x32-10. */

const WORD = 2 ** 32;
const MOST = 1 - 2 ** -53;

/** The upper and the lower half of the product of two words. */
function product(one, other) {
  const [high, low] = [one >>> 16, one & 0xffff];
  const [top, bottom] = [other >>> 16, other & 0xffff];
  const first = high * bottom + Math.floor((low * bottom) / 65536);
  const second = low * top + (first % 65536);
  return [high * top + Math.floor(first / 65536) + Math.floor(second / 65536), Math.imul(one, other) >>> 0];
}

function philox([c0, c1, c2, c3], [k0, k1]) {
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = product(0xd2511f53, c0);
    const [high1, low1] = product(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    [k0, k1] = [(k0 + 0x9e3779b9) >>> 0, (k1 + 0xbb67ae85) >>> 0];
  }
  return [c0, c1];
}

/** Return the uniform draw in (0, 1) of a slot in a setting; seed: [lower word, upper word]. */
export function uniformOf(seed, decision, setting, slot) {
  const [first, second] = philox([slot, 0, decision, setting % WORD], seed);
  return Math.min(((first >>> 5) * 67108864 + (second >>> 6) + 0.5) / 9007199254740992, MOST);
}
