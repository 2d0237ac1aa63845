import type { Strength } from "../model.ts";

/**
 * The words for how much a dependency binds (FORMATS §2.1): `hard|soft` in JSON, `critical|high|medium|low` in text, letters
 * in matrices (H hard, S soft, R resource, I interface, M mutual or medium). A resource that two share binds; an interface
 * can be agreed on before it is built.
 */
const WORDS: ReadonlyMap<string, Strength> = new Map([
  ["hard", "hard"],
  ["soft", "soft"],
  ["critical", "hard"],
  ["blocking", "hard"],
  ["required", "hard"],
  ["mandatory", "hard"],
  ["strong", "hard"],
  ["high", "hard"],
  ["medium", "soft"],
  ["moderate", "soft"],
  ["low", "soft"],
  ["weak", "soft"],
  ["optional", "soft"],
  ["h", "hard"],
  ["r", "hard"],
  ["s", "soft"],
  ["i", "soft"],
  ["m", "soft"],
]);

/** The strength a word stands for; undefined for one that nobody knows. */
export const readStrength = (word: string): Strength | undefined =>
  WORDS.get(word.trim().toLowerCase());
