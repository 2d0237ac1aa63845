/** An id without what differs from writer to writer: `phase-1`, `Phase 1`, `phase_1` and `1` are one; `task-1-2` and `1.2`, too. */
export const normalId = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/^(?:phase|task)(?=[\s_.:#-]{0,4}[\p{L}\p{N}])[\s_.:#-]{0,4}/u, "")
    .replace(/[\s_.:-]+/g, ".");

/** Finds the key of what an id names. An id as it is written goes before one that only reads alike; one that two things share names the first. */
export class IdIndex {
  readonly #exact = new Map<string, string>();
  readonly #normal = new Map<string, string>();

  add(key: string, words: Iterable<string>): void {
    for (const word of words) {
      if (this.#exact.has(word)) continue;
      this.#exact.set(word, key);
      const normal = normalId(word);
      if (normal !== "" && !this.#normal.has(normal)) this.#normal.set(normal, key);
    }
  }

  find(word: string): string | undefined {
    return this.#exact.get(word) ?? this.#normal.get(normalId(word));
  }
}
