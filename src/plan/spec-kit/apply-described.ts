import { fold, placeAt } from "../../core/markdown/folded.ts";
import { oneLine } from "../../core/text.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import { spend } from "../annotations/plan-index.ts";
import type { Task } from "../model.ts";
import type { DraftNote } from "./draft.ts";
import { addEdge, endsOf, firstTime, type Plot } from "./edges.ts";
import { readTokens } from "./statements/tokens.ts";

/** `after types complete`, `after the API routes are done`: work that is told by what it is, not by ids. */
const AFTER =
  /\b(?:after|once)\s{1,4}((?:[\w-]{1,30}\s{1,4}){1,4}?)(?:(?:is|are|have been|has been)\s{1,4})?(?:completes?|completed|done|finished|written|ready|exists?|in place)\b/giu;
const FILLER = new Set(["the", "all", "its", "their", "those", "these", "is", "are", "of", "and"]);
/** What stands for more than work of one phase, and is read elsewhere. */
const WHOLE =
  /^(?:phases?|stor(?:y|ies)|setup|foundational|foundation|updates?|modifications?|everything|desired|others?)$/;

/**
 * Put what notes say of single tasks in words into the plot: `T010 after types complete` makes T010 wait for the one task of its phase
 * whose words name types, as a guess. Where none or several do, that is told, and there is no dependency.
 */
export function applyDescribed(
  notes: readonly DraftNote[],
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  for (const note of notes) {
    const folded = fold(note.lines.map((line) => ({ line, start: 0, end: line.text.length })));
    let from = 0;
    for (const match of folded.text.slice(0, 4_000).matchAll(AFTER)) {
      const before = folded.text.slice(from, match.index);
      const clause = before.slice(Math.max(before.lastIndexOf(";"), before.lastIndexOf(". ")) + 1);
      from = match.index + match[0].length;
      const words = wordsOf(match[1] ?? "");
      const place = { file, ...placeAt(folded, match.index) };
      const targets = readTokens(clause, grammar).flatMap((token) =>
        token.kind === "target" ? [token.target] : [],
      );
      const names = readTokens(match[1] ?? "", grammar).some(({ kind }) => kind === "target");
      if (names || words.length === 0 || words.some((word) => WHOLE.test(word))) continue;
      const later = targets.flatMap((target) => endsOf(plot, target, { place }).tasks);
      waitForWork(plot, [...new Set(later)], words, {
        place,
        reason: oneLine(match[0], 160),
      });
    }
  }
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && !FILLER.has(word));

interface Described {
  readonly place: Parameters<typeof endsOf>[2]["place"];
  readonly reason: string;
}

function waitForWork(
  plot: Plot,
  later: readonly string[],
  words: readonly string[],
  { place, reason }: Described,
): void {
  const [first] = later;
  const phase = plot.tasks.get(first ?? "")?.phase;
  if (first === undefined || phase === undefined) return;
  const members = plot.index.inPhase.get(phase) ?? [];
  if (!spend(plot.index, members.length + later.length)) return;
  const own = new Set(later);
  const fitting = members
    .map(({ task }) => task)
    .filter(({ key }) => !own.has(key) && nameAll(plot.tasks.get(key)?.text ?? "", words));
  const [only, another] = fitting;
  if (only && another === undefined) {
    for (const task of later)
      addEdge(plot, only.key, task, { origin: "inferred", strength: "soft", place, reason });
    return;
  }
  tellUnclear(plot, fitting, { place, reason, first });
}

function tellUnclear(
  plot: Plot,
  fitting: readonly Pick<Task, "key">[],
  { place, reason, first }: Described & { readonly first: string },
): void {
  if (!firstTime(plot, reason, place)) return;
  const keys = fitting.slice(0, 6).map(({ key }) => oneLine(key, 40));
  const more = fitting.length > keys.length ? ` and ${fitting.length - keys.length} more` : "";
  plot.diagnostics.push({
    code: "PLAN_DEPENDENCY_DESCRIBED",
    severity: "info",
    message:
      `"${reason}" names no task, and ` +
      (keys.length === 0
        ? "no task of the phase fits the words"
        : `${fitting.length} tasks of the phase fit the words: ${keys.join(", ")}${more}`),
    place,
    hint: "Name the tasks by their ids; as it is, there is no dependency.",
    original: "dropped",
    task: first,
  });
}

/** Whether a text has all words, in singular or plural. */
function nameAll(text: string, words: readonly string[]): boolean {
  const own = new Set(
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/[a-z0-9]{2,40}/g)
      ?.map(singular),
  );
  return words.every((word) => own.has(singular(word)));
}

const singular = (word: string): string => word.replace(/(?<=[a-z]{3})s$/, "");
