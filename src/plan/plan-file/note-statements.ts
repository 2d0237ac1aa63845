import { placeAt } from "../../core/markdown/folded.ts";
import { oneLine } from "../../core/text.ts";
import { readExecutionNote, type NoteStatement } from "../annotations/execution-notes.ts";
import { PLAN_FILE_IDS } from "../annotations/id-grammar.ts";
import { resolveReferences, type Named } from "../annotations/resolve.ts";
import type { FilePlace } from "../../core/place.ts";
import type { PhaseDependency } from "../model.ts";
import { parallelGroups, sequentialGroups } from "../original/execution-notes.ts";
import type { DraftNote } from "./drafts.ts";
import type { ParallelGroup } from "./phase-order.ts";
import { problem } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { tellCut } from "./task-waits.ts";

/** What notes say of phases. */
export interface PhaseStatements {
  readonly groups: ParallelGroup[];
  readonly first: Map<string, FilePlace>;
  readonly stated: Map<string, PhaseDependency[]>;
}

interface Statement {
  readonly note: DraftNote;
  readonly said: NoteStatement;
  readonly place: FilePlace;
}

/** Read all execution notes. Sequences, and edges "with Phase 3", go to the reading; what is said of phases is returned. */
export function readNotes(reading: Reading): PhaseStatements {
  const phases: PhaseStatements = {
    groups: headingGroups(reading),
    first: new Map(),
    stated: new Map(),
  };
  for (const note of reading.drafts.notes) {
    const statements = readExecutionNote(note.words.text, PLAN_FILE_IDS);
    const before = { sequences: reading.sequences.length, groups: phases.groups.length };
    let read = 0;
    for (const said of statements) {
      const place = { file: reading.source.file, ...placeAt(note.words, said.start) };
      if (addStatement(reading, phases, { note, said, place })) read++;
    }
    const place = { file: reading.source.file, ...placeAt(note.words, 0) };
    if (read === 0) {
      reading.problems.push(
        problem(
          "PLAN_NOTE_UNREAD",
          place,
          `This note changes nothing: "${oneLine(note.words.text, 80)}"`,
        ),
      );
    } else compareWithOriginal(reading, phases, before, { note, place });
  }
  return phases;
}

/** Phases next to each other with `[PARALLEL]` in their headings. */
function headingGroups({ drafts }: Reading): ParallelGroup[] {
  const groups: Set<string>[] = [];
  drafts.phases.forEach(({ key, parallel }, position) => {
    if (!parallel) return;
    if (drafts.phases[position - 1]?.parallel === true) groups.at(-1)?.add(key);
    else groups.push(new Set([key]));
  });
  return groups.filter(({ size }) => size > 1);
}

/** Whether the statement says anything that is known. */
function addStatement(reading: Reading, phases: PhaseStatements, statement: Statement): boolean {
  const { said, note } = statement;
  const asking = { phase: note.phase?.key };
  const named = (references: NoteStatement["subject"], spread: boolean): Named => {
    const found = resolveReferences(references, reading.index, asking, spread);
    if (found.cut) tellCut(reading, note.line, 0);
    return found;
  };
  const ofPhases = said.subject.every(({ kind }) => kind === "phase");
  const subject = named(said.subject, said.kind === "sequential");
  const self = note.phase?.key;
  const keys = [
    ...subject.phases.map(({ phase }) => phase),
    ...(subject.self.some(({ kind }) => kind === "phase") && self !== undefined ? [self] : []),
  ];
  tellUnknown(reading, statement, subject);
  if (said.kind === "sequential")
    return addSequence(reading, statement, subject, named(said.others, true));
  if (said.kind === "parallel" && !ofPhases) {
    const tasks = subject.tasks.map(({ task }) => task);
    for (const task of tasks) reading.parallel.add(task);
    reading.parallelNotes.push({ tasks, place: statement.place });
    return subject.tasks.length > 0;
  }
  if (said.kind === "parallel") {
    if (keys.length > 1) phases.groups.push(new Set(keys));
    return keys.length > 1;
  }
  if (said.kind === "first" && ofPhases) {
    for (const phase of keys)
      if (!phases.first.has(phase)) phases.first.set(phase, statement.place);
    return keys.length > 0;
  }
  return (
    said.kind === "after" &&
    addAfter(reading, phases, statement, {
      keys,
      tasks: subject,
      others: named(said.others, !ofPhases),
    })
  );
}

function tellUnknown({ problems, source }: Reading, { note }: Statement, { unknown }: Named): void {
  for (const { start, end } of unknown) {
    const words = oneLine(note.words.text.slice(start, end), 60);
    problems.push(
      problem(
        "PLAN_DEPENDENCY_UNKNOWN",
        { file: source.file, ...placeAt(note.words, start) },
        `The note names ${words}, which is not in the plan.`,
      ),
    );
  }
}

function addSequence(
  reading: Reading,
  { note, said, place }: Statement,
  subject: Named,
  others: Named,
): boolean {
  const tasks = subject.tasks.map(({ task }) => task);
  const own = new Set(tasks);
  const beside = others.tasks.filter(({ task }) => !own.has(task));
  if (tasks.length > 1) {
    reading.sequences.push({ tasks, range: said.range, reason: said.reason, place });
  }
  const positions = reading.index.byKey;
  reading.index.budget.left -= tasks.length * beside.length;
  if (reading.index.budget.left <= 0) {
    tellCut(reading, note.line, 0);
    return tasks.length > 1;
  }
  for (const one of tasks) {
    for (const { task: other } of beside) {
      const forward = (positions.get(other)?.position ?? 0) < (positions.get(one)?.position ?? 0);
      reading.dependencies.push({
        dependency: forward ? other : one,
        dependent: forward ? one : other,
        origin: "sequential",
        strength: "hard",
        place,
        ...(said.reason === "" ? {} : { reason: said.reason }),
      });
    }
  }
  return tasks.length > 1 || beside.length > 0;
}

interface After {
  readonly keys: readonly string[];
  readonly tasks: Named;
  readonly others: Named;
}

function addAfter(
  reading: Reading,
  { stated }: PhaseStatements,
  { place }: Statement,
  { keys, tasks, others }: After,
): boolean {
  for (const phase of keys) {
    const known = stated.get(phase) ?? [];
    stated.set(phase, known);
    for (const other of others.phases) {
      if (other.phase !== phase)
        known.push({ phase: other.phase, origin: "explicit", strength: "hard", place });
    }
  }
  reading.index.budget.left -= tasks.tasks.length * others.tasks.length;
  if (reading.index.budget.left <= 0) return true;
  for (const { task: dependent } of tasks.tasks) {
    for (const { task: dependency } of others.tasks) {
      reading.dependencies.push({
        dependency,
        dependent,
        origin: "explicit",
        strength: "hard",
        place,
      });
    }
  }
  return keys.length > 0 || tasks.tasks.length > 0;
}

/** What the original takes from the same note (FORMATS §1.2: `and` is not seen, ranges over phases become their ends). */
function compareWithOriginal(
  { sequences, problems }: Reading,
  { groups }: PhaseStatements,
  before: { readonly sequences: number; readonly groups: number },
  { note, place }: { readonly note: DraftNote; readonly place: FilePlace },
): void {
  const mine = new Set(sequences.slice(before.sequences).flatMap(({ tasks }) => tasks));
  // A note without a reason takes the next paragraph of the file for one.
  const raw = `${note.raw}\n-`;
  const theirs = new Set(sequentialGroups(raw).flatMap(({ taskIds }) => taskIds));
  const phases = groups.slice(before.groups).length;
  const seen = theirs.size + parallelGroups(raw).length;
  if (seen === 0) {
    problems.push(
      problem(
        "PLAN_NOTE_FORM",
        place,
        `The original does not see this note: "${oneLine(note.words.text, 80)}"`,
      ),
    );
  } else if (
    phases === 0 &&
    (mine.size !== theirs.size || [...mine].some((key) => !theirs.has(key)))
  ) {
    problems.push(
      problem(
        "PLAN_NOTE_MISREAD",
        place,
        `Of this note the original takes ${oneLine([...theirs].join(", "), 80)} alone.`,
      ),
    );
  }
}
