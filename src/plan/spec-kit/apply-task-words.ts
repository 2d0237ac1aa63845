import { fold, placeAt, type Folded } from "../../core/markdown/folded.ts";
import type { FilePlace } from "../../core/place.ts";
import { dependencyClausesIn, type DependencyClause } from "../annotations/dependency-clauses.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import { maskCode } from "../annotations/mask-code.ts";
import { spend } from "../annotations/plan-index.ts";
import { readReferences, type Reference } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import { tellWords } from "./apply-notes.ts";
import { addEdge, addSelf, tellUnknown, type Plot, type Said } from "./edges.ts";
import type { MadeTask } from "./make-tasks.ts";

const SAME_FILE =
  /(?:same file as|serialize[sd]? (?:on [^()\n]{1,120} )?with|shares? (?:its|the|a) file with|(?:combined|together) with(?=\s{1,4}T\d{1,6}[a-z]?\s{1,4}in (?:the )?same file))\s{1,4}/giu;
/** `must be confirmed red before T039 is implemented`. */
const BEFORE =
  /(?:must|should|has to|confirmed?|written|completed?|finished|run|done|land(?:s|ed)?)(?![\p{L}])[^.;()\n]{0,80}?\sbefore\s{1,4}(?:task\s{1,4})?(?=T\d)/giu;
/** What these have; most lines have neither. */
const MAY_ORDER = /same file|with|before/i;
const BULLET = /^\s{0,5000}(?:[-*+•]|\d{1,6}[.)])\s/;
/** In what goes on below a task, only words that can mean nothing else. */
const PLAIN = /^(?:depend|dépend|dep|block|prereq|abhängig|häng|依)/iu;

/** Put what the lines of a task say of order into the plot: `(depends on T012, T013)`, `{deps: T004}`, `(same file as T012)`. */
export function applyTaskWords(
  { task, draft }: MadeTask,
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  const { line, shape, details } = draft;
  const going = details.findIndex(
    ({ text, kind }) => kind === "code" || text.trim() === "" || BULLET.test(text),
  );
  const paragraph = details.slice(0, going < 0 ? undefined : going);
  const first = fold([
    { line, start: shape.labels[0]?.start ?? shape.textAt, end: line.text.length },
    ...paragraph.map((next) => ({ line: next, start: 0, end: next.text.length })),
  ]);
  applyText(
    first,
    { key: task.key, phase: task.phase, file, loose: paragraph.length === 0 },
    plot,
    grammar,
  );
  for (const next of details.slice(paragraph.length)) {
    if (next.kind === "code" || next.text.trim() === "") continue;
    const below = fold([{ line: next, start: 0, end: next.text.length }]);
    applyText(below, { key: task.key, phase: task.phase, file, loose: false }, plot, grammar);
  }
}

interface Teller {
  readonly key: string;
  readonly phase: string | undefined;
  readonly file: string;
  /** Whether weak words (`after T003`) count anywhere in the text. */
  readonly loose: boolean;
}

function applyText(folded: Folded, teller: Teller, plot: Plot, grammar: IdGrammar): void {
  const { text } = folded;
  for (const clause of dependencyClausesIn(text, grammar)) {
    if (
      !teller.loose &&
      !clause.stated &&
      !PLAIN.test(text.slice(clause.start)) &&
      !startsSentence(text, clause)
    )
      continue;
    const place: FilePlace = { file: teller.file, ...placeAt(folded, clause.start) };
    apply(
      clause.references,
      clause.direction,
      {
        teller,
        place,
        origin: "explicit",
        firm: clause.stated || clause.references[0]?.from.startsWith("T") === true,
      },
      plot,
    );
  }
  if (!MAY_ORDER.test(text)) return;
  const masked = maskCode(text, grammar);
  for (const [pattern, direction, origin] of [
    [SAME_FILE, "beside", "same-file"],
    [BEFORE, "blocks", "explicit"],
  ] as const) {
    for (const { index, 0: words } of masked.matchAll(pattern)) {
      const { references } = readReferences(masked, index + words.length, grammar);
      const place: FilePlace = { file: teller.file, ...placeAt(folded, index) };
      apply(references, direction, { teller, place, origin, firm: true }, plot);
    }
  }
}

const startsSentence = (text: string, { start }: DependencyClause): boolean =>
  /(?:^|[.;(—–-]\s{0,2})$/.test(text.slice(Math.max(0, start - 4), start));

interface How {
  readonly teller: Teller;
  readonly place: FilePlace;
  readonly origin: "explicit" | "same-file";
  /** Whether what is named has to exist. */
  readonly firm: boolean;
}

function apply(
  references: readonly Reference[],
  direction: "needs" | "blocks" | "beside",
  { teller, place, origin, firm }: How,
  plot: Plot,
): void {
  const found = resolveReferences(
    references,
    plot.index,
    { task: teller.key, phase: teller.phase },
    true,
  );
  if (firm) for (const reference of found.unknown) tellUnknown(plot, reference, place, teller.key);
  if (!spend(plot.index, found.tasks.length * 3)) return;
  const said: Said = { origin, strength: "hard", place };
  if (
    direction !== "beside" &&
    found.self.some(({ kind, to }) => kind === "task" && to === undefined)
  )
    addSelf(plot, teller.key, said);
  const here = plot.index.byKey.get(teller.key)?.position ?? 0;
  for (const { task } of found.tasks) {
    const there = plot.index.byKey.get(task)?.position ?? 0;
    const needs = direction === "needs" || (direction === "beside" && there < here);
    if (needs) addEdge(plot, task, teller.key, said);
    else addEdge(plot, teller.key, task, said);
  }
  if (found.tasks.length > 0) tellWords(plot, place);
}
