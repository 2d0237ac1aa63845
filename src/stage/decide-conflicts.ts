import { oneLine } from "../core/text.ts";
import type { ReviewSummary } from "./contracts/leading.ts";

const LINE = /^\s*(?:[-*]\s+|\d+\.\s+)?([A-Z]{1,8}-?\d{1,4})\s*[:：]\s*(.*[\p{L}\p{N}].*)$/iu;

/** What a line says of the conflict whose id it begins with: `C-1: the server's time zone counts`. */
export function decisionIn(
  line: string,
): { readonly id: string; readonly words: string } | undefined {
  const [, id, words] = LINE.exec(line) ?? [];
  return id === undefined || words === undefined
    ? undefined
    : { id: id.toUpperCase(), words: oneLine(words, 1_000) };
}

export const BY_A_PERSON = "Decided by ";

/** What people decided at the gate: the review with that as the resolution, and the ids of all that was decided so far. */
export interface Decided {
  readonly review: ReviewSummary;
  readonly decided: readonly string[];
}

/**
 * Conflicts that the reviewer left to people, as a person decides them line by line. Others stay as they are: what was
 * settled has consequences that a sentence does not take back. The last word on a conflict holds.
 */
export function decideConflicts(
  { review, decided }: Decided,
  said: { readonly by: string; readonly text: string },
): Decided {
  const words = new Map(
    said.text.split(/\r?\n/).flatMap((line) => {
      const found = decisionIn(line);
      return found ? [[found.id, found.words] as const] : [];
    }),
  );
  const all = new Set(decided);
  const conflicts = review.conflicts.map((conflict) => {
    const word = words.get(conflict.id.toUpperCase());
    if (word === undefined) return conflict;
    if (conflict.fate !== "escalated" && !all.has(conflict.id)) return conflict;
    all.add(conflict.id);
    const resolution = `${BY_A_PERSON}${oneLine(said.by, 60)} at the gate: ${word}`;
    return { ...conflict, fate: "reconciled" as const, resolution };
  });
  return { review: { ...review, conflicts }, decided: [...all] };
}
