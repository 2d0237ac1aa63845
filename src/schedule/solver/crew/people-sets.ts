import { int } from "../problem.ts";

/** Bits that are set in a word. */
export function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55_55_55_55);
  bits = (bits & 0x33_33_33_33) + ((bits >>> 2) & 0x33_33_33_33);
  return Math.imul((bits + (bits >>> 4)) & 0x0f_0f_0f_0f, 0x01_01_01_01) >>> 24;
}

/** Whether a person is in the set that begins at a word of `sets`. */
export const isIn = (sets: Int32Array, at: number, person: number): boolean =>
  (int(sets, at + (person >> 5)) & (1 << (person & 31))) !== 0;

/** Put a person into the set that begins at a word of `sets`. */
export function addTo(sets: Int32Array, at: number, person: number): void {
  sets[at + (person >> 5)] = int(sets, at + (person >> 5)) | (1 << (person & 31));
}
