import { maskCode } from "./mask-code.ts";
import { readReferences, type Reference } from "./references.ts";
import { matchAt, type IdGrammar } from "./id-grammar.ts";

/** One statement of an execution note about tasks or phases. */
export interface NoteStatement {
  /**
   * `sequential`: one at a time, in the order given. `parallel`: need not wait for each other. `first`: before all others.
   * `after`: what is in `others` comes before. `plain`: named, and nothing said that is known.
   */
  readonly kind: "sequential" | "parallel" | "first" | "after" | "plain";
  readonly subject: readonly Reference[];
  /** "[SEQUENTIAL] with Phase 3", "depend on Phase 2". */
  readonly others: readonly Reference[];
  /** The subject as written: `3.1-3.4`. */
  readonly range: string;
  /** What is said of it behind a dash, comma or "as". */
  readonly reason: string;
  /** `text.slice(start, end)` is the subject. */
  readonly start: number;
  readonly end: number;
  /** Whether it is written in the form of S4's standard, `are [SEQUENTIAL]`, and not in free words. */
  readonly marked: boolean;
}

const SUBJECT =
  /(?<![\p{L}\p{N}_])(?:all\s+)?(?:(?:sub-?)?tasks?|steps?|(?:implementation\s+)?phases?)\s+(?=[\s*`#]*[\p{Lu}\p{N}])/giu;

/** What may be said of a subject, right behind it; the first that fits counts. */
const SAYS: readonly (readonly [NoteStatement["kind"], RegExp])[] = [
  ["sequential", /^(?:[^.;]|\.(?=\S)){0,120}?[[(`*]{0,4}\bsequential(?:ly)?\b[\])`*]{0,4}/iu],
  [
    "parallel",
    /^(?:[^.;]|\.(?=\S)){0,120}?(?<!(?:not|n't|never|no)\b[^.;]{0,24})[[(`*]{0,4}\b(?:parallel|concurrent(?:ly)?|independent(?:ly)?|simultaneously)\b[\])`*]{0,4}/iu,
  ],
  [
    "sequential",
    /^[^.;]{0,80}?\b(?:in (?:this |the given |strict )?order|one (?:at a time|after (?:the other|another))|not (?:run )?in parallel|serially|serialized?)\b/iu,
  ],
  ["first", /^[^.;]{0,60}?\b(?:first\b|before (?:any|all) (?:other|others|of))/iu],
  [
    "after",
    /^[^.;]{0,30}?\b(?:depends?\s+(?:up)?on|requires?|must (?:wait for|follow|come after)|(?:runs?|starts?|comes?) after)\b/iu,
  ],
];
const AFTER = /\b(?:depends?(?:\s+(?:up)?on)?|requires?|wait\s+for|follow|after)\s+/iu;
const WITH =
  /\s{0,8}(?:with|together with|relative to|to|and)\s+(?=[\s*`]*(?:tasks?|phases?|\d))/iuy;
const REASON = /^[\s\])*`]*(?:[-–—:,;(]|‚Äî|‚Äì|â€[“”]|as\b|because\b|since\b)?\s*/iu;

/** What follows a subject and can still be about it. */
const REACH = 240;

/**
 * Read an execution note, the part behind `**Execution Note:**`: `Tasks 3.1-3.4 are [SEQUENTIAL] - reason`, `Tasks 1.1 and
 * 1.3 …`, `Task 4.1 is [SEQUENTIAL] with Phase 3`, `Phases 1-3, 5 are [PARALLEL]`, `Tasks 1.1, 1.3 (can run in parallel …)`,
 * `Phase 7 should be implemented FIRST`. Linear.
 */
export function readExecutionNote(text: string, grammar: IdGrammar): readonly NoteStatement[] {
  const masked = maskMarks(text, grammar);
  const subjects = subjectsIn(masked, grammar);
  const statements: NoteStatement[] = [];
  let taken = 0;
  for (const [position, { references, start, end }] of subjects.entries()) {
    if (start < taken) continue;
    const next = subjects[position + 1]?.word ?? masked.length;
    const said = sayOf(masked.slice(end, Math.min(end + REACH, masked.length)), next - end);
    const others = othersOf(masked, end, said, grammar);
    taken = Math.max(end, others.end);
    const reason = text.slice(
      taken,
      Math.max(taken, nextAfter(subjects, position, taken, text.length)),
    );
    statements.push({
      kind: said.kind === "after" && others.references.length === 0 ? "plain" : said.kind,
      subject: references,
      others: others.references,
      range: text.slice(start, end).trim(),
      reason: reason
        .replace(REASON, "")
        .replace(/[\s)]+$/, "")
        .trim(),
      start,
      end,
      marked: /\[(?:sequential|parallel)\]/i.test(text.slice(end, end + said.length)),
    });
  }
  return statements;
}

/** Inline code is no part of a note, except its markers: some write `[SEQUENTIAL]` in code marks. */
const maskMarks = (text: string, grammar: IdGrammar): string =>
  maskCode(text.replace(/`(\[(?:SEQUENTIAL|PARALLEL)\])`/gi, " $1 "), grammar);

interface Subject {
  readonly references: readonly Reference[];
  /** Where its word, "Tasks", begins. */
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

function subjectsIn(text: string, grammar: IdGrammar): readonly Subject[] {
  const subjects: Subject[] = [];
  let read = 0;
  for (const match of text.matchAll(SUBJECT)) {
    if (match.index < read) continue;
    const { references, end } = readReferences(text, match.index, grammar);
    const [first] = references;
    if (!first) continue;
    subjects.push({ references, word: match.index, start: first.start, end });
    read = end;
  }
  return subjects;
}

interface Said {
  readonly kind: NoteStatement["kind"];
  /** From the end of the subject to the end of the words that say it. */
  readonly length: number;
}

/** @param limit where the next subject begins: what stands there is said of that one */
function sayOf(behind: string, limit: number): Said {
  for (const [kind, pattern] of SAYS) {
    const match = pattern.exec(behind);
    if (match && match[0].length <= limit) return { kind, length: match[0].length };
  }
  return { kind: "plain", length: 0 };
}

function othersOf(
  text: string,
  end: number,
  said: Said,
  grammar: IdGrammar,
): { readonly references: readonly Reference[]; readonly end: number } {
  const none = { references: [], end: end + said.length };
  if (said.kind === "sequential") {
    const glue = matchAt(WITH, text, end + said.length);
    if (glue === "") return none;
    const list = readReferences(text, end + said.length + glue.length, grammar);
    return list.references.length > 0 ? list : none;
  }
  if (said.kind !== "after") return none;
  const word = AFTER.exec(text.slice(end, end + REACH));
  const list = readReferences(text, end + (word ? word.index + word[0].length : 0), grammar);
  return word && list.references.length > 0 ? list : { references: [], end };
}

/** Where the statement ends: where the next subject begins, or at the end. */
const nextAfter = (
  subjects: readonly Subject[],
  position: number,
  from: number,
  end: number,
): number =>
  subjects.slice(position + 1, position + 3).find(({ word }) => word >= from)?.word ?? end;
