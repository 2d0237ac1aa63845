import { PRD_IDS } from "../annotations/id-grammar.ts";
import { readReferences, type Reference } from "../annotations/references.ts";

/** Where a list of ids may begin in a sentence. */
const STARTS =
  /(?<![\p{L}\p{N}_-])(?:(?:all|every)\s{1,8}(?:of\s{1,8})?(?:the\s{1,8})?)?(?:(?:previous|prior|preceding|earlier)\s{1,8}(?:phases?|tasks?)|phases?[\s#]{1,8}(?=[\p{N}A-Z])|tasks?[\s#]{1,8}(?=\p{N}))/giu;
const BRACKETED = /\([^()]{0,400}\)/g;
/** `Phase 1 tasks 1.2`: the phase is said once more. */
const PHASE_TASKS = /\bphase\s{1,4}[\p{N}]{1,4}[A-Za-z]?\s{1,4}(?=tasks?\s{1,4}\p{N})/giu;
const HYPHENED = /(?<![\p{L}\p{N}.-])(\d{1,4}[A-Za-z]?)-(\d{1,4})(?![\p{L}\p{N}.-])/gu;

/**
 * All that words name: `Phase 2A and 2B completion`, `Phase 1 (models), Phase 2`, `Requires Phase 1 tasks 1-2 and 1-4`, `All previous
 * phases (1-4)`. What stands in brackets explains. `1-2` is the task 1.2 where there is one, as `isTask` knows. Places are those of `text`.
 */
export function referencesIn(text: string, isTask: (id: string) => boolean): readonly Reference[] {
  const plain = dotted(
    text.slice(0, 4_000).replace(BRACKETED, blank).replace(PHASE_TASKS, blank),
    isTask,
  );
  const found: Reference[] = [];
  let end = -1;
  const first = readReferences(plain, plain.length - plain.trimStart().length, PRD_IDS);
  if (first.references.every(({ from }) => !/^\d+$/.test(from) || isTask(from))) {
    found.push(...first.references);
    end = first.references.length > 0 ? first.end : -1;
  }
  for (const { index } of plain.matchAll(STARTS)) {
    if (index < end) continue;
    const list = readReferences(plain, index, PRD_IDS);
    found.push(...list.references);
    if (list.references.length > 0) end = list.end;
  }
  return found;
}

/** `1-2` as `1.2` where that is a task, and no phases are meant. */
function dotted(text: string, isTask: (id: string) => boolean): string {
  let plain = text;
  for (const { index, 1: phase = "", 2: number = "" } of text.matchAll(HYPHENED)) {
    const id = `${phase}.${number}`;
    if (!isTask(id) || /phases?\s+$/i.test(text.slice(Math.max(0, index - 8), index))) continue;
    plain = plain.slice(0, index) + id + plain.slice(index + id.length);
  }
  return plain;
}

const blank = (words: string): string => " ".repeat(words.length);

/** Words that say that nothing is waited for: `None (foundational phase)`, `N/A`. */
export function saysNone(text: string): boolean {
  const words = text.replace(/^[\s>*_+-]{1,12}/, "");
  return (
    words === "" ||
    /^(?:none|no(?:thing)?(?:\s+dependenc(?:y|ies))?|n\/a|nil|[–—])(?![\p{L}\p{N}])/iu.test(words)
  );
}
