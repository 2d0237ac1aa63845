import { fold, placeAt, type Folded } from "../../core/markdown/folded.ts";
import type { FilePlace } from "../../core/place.ts";
import { readRow } from "../../core/markdown/table-row.ts";
import { oneLine } from "../../core/text.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import type { DraftNote } from "./draft.ts";
import { connect, endsOf, firstTime, type Ends, type Plot } from "./edges.ts";
import { readStatements, type Statement } from "./statements/read-statements.ts";
import type { Target } from "./statements/tokens.ts";

const NOTHING: Ends = { tasks: [], phases: [], inside: [] };

/** Put what a bullet, field or line of a diagram says of order into the plot. */
export function applyNote(note: DraftNote, plot: Plot, grammar: IdGrammar, file: string): void {
  const folded = fold(
    note.lines.map((line) => ({ line, start: bulletEnd(line.text), end: line.text.length })),
  );
  applyFolded(folded, note, plot, { grammar, file });
}

interface Reading {
  readonly grammar: IdGrammar;
  readonly file: string;
}

function applyFolded(
  folded: Folded,
  note: DraftNote,
  plot: Plot,
  { grammar, file }: Reading,
): void {
  const { label, statements } = readStatements(folded.text, grammar, note.phase !== undefined);
  for (const statement of statements) {
    const place = { file, ...placeAt(folded, statement.at) };
    applyStatement(statement, { note, label, place, words: folded.text }, plot);
  }
}

const WAITS = /depend|waits?\s|requires|blocked by|prerequisite|after|dépend/iu;

/** Put tables that say in a column what each row waits for into the plot: `| Story | Depends on |`. */
export function applyTables(
  notes: readonly DraftNote[],
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  let column = -1;
  let last = -1;
  for (const note of notes) {
    const [line] = note.lines;
    const row = line && readRow(line);
    if (!line || !row) continue;
    if (line.number !== last + 1) {
      const wave = /^\W*wave/iu.test(row.cells[0]?.text ?? "");
      column = wave ? -1 : row.cells.findIndex(({ text }, at) => at > 0 && WAITS.test(text));
    } else if (column > 0 && !row.separator) {
      const subject = row.cells[0];
      const value = row.cells[column];
      if (subject && value) applyCells([subject, value], note, plot, { grammar, file });
    }
    last = line.number;
  }
}

/** A row says as much as `**US2**: depends on US1`. */
function applyCells(
  [subject, value]: readonly [Folded, Folded],
  note: DraftNote,
  plot: Plot,
  { grammar, file }: Reading,
): void {
  const { label, statements } = readStatements(
    `${subject.text.replaceAll(":", " ")}: depends on ${value.text}`,
    grammar,
    true,
  );
  const place = { file, ...placeAt(value, 0) };
  for (const statement of statements) {
    applyStatement(statement, { note, label: label.slice(0, 1), place, words: value.text }, plot);
  }
}

const bulletEnd = (text: string): number =>
  /^\s{0,5000}(?:[-*+•]\s{1,20}|\d{1,6}[.)]\s{1,20})?/.exec(text)?.[0].length ?? 0;

interface Around {
  readonly note: DraftNote;
  readonly label: readonly Target[];
  readonly place: FilePlace;
  readonly words: string;
}

function applyStatement(
  statement: Statement,
  { note, label, place, words }: Around,
  plot: Plot,
): void {
  const resolve = (targets: readonly Target[], phase = note.phase?.key): Ends =>
    joined(targets.map((target) => endsOf(plot, target, { phase, place })));
  const scope = (): Ends =>
    label.length > 0
      ? resolve(label)
      : note.phase
        ? { ...NOTHING, phases: [note.phase.key] }
        : NOTHING;
  const reason = oneLine(words, 160);
  if (statement.kind === "chain")
    return chain(resolve(statement.later), { statement, place, reason, words }, plot);
  const later = statement.scope === "later" ? scope() : resolve(statement.later);
  const earlier =
    statement.scope === "earlier"
      ? scope()
      : resolve(statement.earlier, later.phases[0] ?? note.phase?.key);
  const before = plot.dependencies.size + plot.phaseEdges.count;
  connect(plot, earlier, later, {
    origin:
      statement.sameFile && earlier.tasks.length > 0 && /same file/i.test(words)
        ? "same-file"
        : "explicit",
    strength: statement.soft ? "soft" : "hard",
    place,
    reason,
  });
  if (plot.dependencies.size + plot.phaseEdges.count > before) tellWords(plot, place);
}

export function joined(all: readonly Ends[]): Ends {
  return {
    tasks: all.flatMap(({ tasks }) => tasks),
    phases: all.flatMap(({ phases }) => phases),
    inside: all.flatMap(({ inside }) => inside),
  };
}

interface Chain {
  readonly statement: Statement;
  readonly place: FilePlace;
  readonly reason: string;
  readonly words: string;
}

/** Tasks one at a time are a sequence; on one file, edges of that origin; phases wait one for the other. */
function chain(ends: Ends, { statement, place, reason, words }: Chain, plot: Plot): void {
  const tasks = [...new Set(ends.tasks)];
  ends.phases.slice(1).forEach((phase, at) => {
    const before = { ...NOTHING, phases: [ends.phases[at] ?? phase] };
    connect(
      plot,
      before,
      { ...NOTHING, phases: [phase] },
      { origin: "explicit", strength: "hard", place, reason },
    );
  });
  if (tasks.length < 2) return;
  if (statement.sameFile) {
    tasks.slice(1).forEach((task, at) => {
      const before = { ...NOTHING, tasks: [tasks[at] ?? task] };
      connect(
        plot,
        before,
        { ...NOTHING, tasks: [task] },
        { origin: "same-file", strength: "hard", place, reason },
      );
    });
  } else plot.sequences.push({ tasks, range: oneLine(words, 60), reason, place });
  tellWords(plot, place);
}

/** Spec Kit's line has no place for dependencies: its own tools leave them to whoever reads the words. */
export function tellWords(plot: Plot, place: FilePlace): void {
  if (!firstTime(plot, "words", place)) return;
  plot.diagnostics.push({
    code: "PLAN_DEPENDENCY_IN_WORDS",
    severity: "info",
    message:
      "what waits for what is said here in words, which Spec Kit's own grammar does not read",
    place,
    hint: "Leave it as it is; mind that other tools may start these tasks in any order.",
    original: "dropped",
  });
}
