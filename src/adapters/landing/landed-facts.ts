import type { Attributes } from "./attributes-tree.ts";

/** Commits and what follows from how they were made never change: so many are remembered. */
const KEPT = 1_000;

/** What landing knows of commits that it made itself in this process, so that git need not be asked again. */
export class LandedFacts {
  /** By head that was made, the head that it was made on. */
  readonly #madeOn = new Map<string, string>();
  #attributes: { readonly of: string; readonly found: readonly Attributes[] } | undefined;

  made(head: string, on: string): void {
    if (head === on) return;
    this.#madeOn.set(head, on);
    const [oldest] = this.#madeOn.keys();
    if (this.#madeOn.size > KEPT && oldest !== undefined) this.#madeOn.delete(oldest);
  }

  /** True where one was made on the other, directly or not; false where that is not known. */
  leadsTo(later: string, earlier: string): boolean {
    for (let each: string | undefined = later; each !== undefined; each = this.#madeOn.get(each))
      if (each === earlier) return true;
    return false;
  }

  /** The `.gitattributes` of a commit, if they are known. */
  attributesOf(commit: string): readonly Attributes[] | undefined {
    return this.#attributes?.of === commit ? this.#attributes.found : undefined;
  }

  hasAttributes(of: string, found: readonly Attributes[]): void {
    this.#attributes = { of, found };
  }
}
