import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { oneLine } from "../../core/text.ts";
import { readBullet } from "../annotations/box-line.ts";
import { dependencyClausesIn, type DependencyClause } from "../annotations/dependency-clauses.ts";
import { PLAN_FILE_IDS } from "../annotations/id-grammar.ts";
import type { PlanIndex } from "../annotations/plan-index.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import { dependenciesOf } from "../original/declared-dependencies.ts";
import type { DraftTask } from "./drafts.ts";
import { originalSeesTask } from "./original-view.ts";
import { problem } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { placeIn, rawOf } from "./source.ts";

/** What tasks say that they wait for, on their own line and in fields below it. */
export function readTaskWaits(reading: Reading): void {
  for (const task of reading.drafts.tasks) {
    const found = clausesOf(task).flatMap(({ clause, line }) =>
      addClause(reading, task, clause, line),
    );
    compareWithOriginal(reading, task, found);
  }
  addVerifying(reading);
}

interface FoundClause {
  readonly clause: DependencyClause;
  readonly line: SourceLine;
}

function clausesOf(task: DraftTask): readonly FoundClause[] {
  const own = dependencyClausesIn(task.line.text, PLAN_FILE_IDS)
    .filter(({ start }) => start >= task.textAt)
    .map((clause) => ({ clause, line: task.line }));
  const below = task.details
    .filter(({ kind }) => kind === "text")
    .flatMap((line) =>
      dependencyClausesIn(line.text, PLAN_FILE_IDS)
        .filter((clause) => isField(line.text, clause))
        .map((clause) => ({ clause, line })),
    );
  return [...own, ...below];
}

/** Below a task only `- Depends on: 1.1` counts, or a clause in brackets on a line that goes on: bullets there describe the work. */
function isField(text: string, clause: DependencyClause): boolean {
  const bullet = readBullet(text);
  const before = text.slice(bullet?.textAt ?? 0, clause.start);
  return /^[\s*_([{]{0,40}$/.test(before) || (bullet === undefined && clause.stated);
}

function addClause(
  reading: Reading,
  task: DraftTask,
  { references, direction, stated, start, rest }: DependencyClause,
  line: SourceLine,
): readonly string[] {
  const { source, index, dependencies, problems } = reading;
  const named = resolveReferences(references, index, { task: task.key }, true);
  for (const { task: other, reference } of named.tasks) {
    dependencies.push({
      dependency: direction === "needs" ? other : task.key,
      dependent: direction === "needs" ? task.key : other,
      origin: "explicit",
      strength: "hard",
      place: placeIn(source, line, reference.start),
      ...(rest === "" ? {} : { reason: rest }),
    });
  }
  for (const unknown of stated || references.some(({ kind }) => kind !== "task")
    ? named.unknown
    : []) {
    const words = oneLine(line.text.slice(unknown.start, unknown.end), 60);
    const base = {
      ...problem(
        "PLAN_DEPENDENCY_UNKNOWN",
        placeIn(source, line, unknown.start),
        `${oneLine(task.key, 44)} waits for ${words}, which is not in the plan.`,
      ),
      task: task.key,
    };
    const original = dependenciesOf(line.text.slice(start - 1));
    problems.push(
      line === task.line && original.includes(unknown.from)
        ? { ...base, original: "misread" }
        : base,
    );
  }
  for (const self of named.self) {
    dependencies.push({
      dependency: task.key,
      dependent: task.key,
      origin: "explicit",
      strength: "hard",
      place: placeIn(source, line, self.start),
    });
  }
  if (named.cut) tellCut(reading, line, start);
  return direction === "needs" ? named.tasks.map((one) => one.task) : [];
}

/** Once: the plan names more than is looked up. */
export function tellCut(reading: Reading, line: SourceLine, at: number): void {
  if (reading.cutTold) return;
  reading.cutTold = true;
  const { source, problems } = reading;
  problems.push(
    problem(
      "PLAN_TOO_MANY_REFERENCES",
      placeIn(source, line, at),
      "From here on, what the plan refers to is not looked up: it is more than two million tasks.",
    ),
  );
}

/** The original knows `(depends: 1.1, 2.3)` alone, also where that is an example in code. */
function compareWithOriginal(
  { source, problems }: Reading,
  task: DraftTask,
  found: readonly string[],
): void {
  const raw = rawOf(source, task.line.number - 1);
  if (!originalSeesTask(raw)) return;
  const theirs = new Set(dependenciesOf(task.line.text.slice(task.textAt)));
  if (theirs.size === 0 && found.length === 0) return;
  const place = placeIn(source, task.line, task.textAt);
  const missing = found.filter((key) => !theirs.has(key));
  if (missing.length > 0) {
    const names = oneLine(missing.slice(0, 8).join(", "), 100);
    problems.push(
      problem(
        "PLAN_DEPENDENCY_FORM",
        place,
        `The original does not see that task ${oneLine(task.key, 44)} waits for ${names}${missing.length > 8 ? ", …" : ""}.`,
      ),
    );
  }
  const masked =
    theirs.size > 0 &&
    dependencyClausesIn(task.line.text.slice(task.textAt), PLAN_FILE_IDS).length === 0;
  if (masked) {
    problems.push(
      problem(
        "PLAN_DEPENDENCY_IN_CODE",
        place,
        `The original takes the example in task ${oneLine(task.key, 44)} for a dependency on ${oneLine([...theirs].join(", "), 100)}.`,
      ),
    );
  }
}

/** A task that checks waits for what it checks: the tasks above it in its phase, or the one that it names. */
function addVerifying({ drafts, index, dependencies, source }: Reading): void {
  const above = new Map<string | undefined, DraftTask[]>();
  for (const task of drafts.tasks) {
    if (task.parent) continue;
    const known = above.get(task.phase?.key) ?? [];
    above.set(task.phase?.key, known);
    if (!task.verifies) {
      known.push(task);
      continue;
    }
    const checked =
      task.subject?.includes(".") === true
        ? subjects(index, task.subject)
        : known.map(({ key }) => key);
    index.budget.left -= checked.length;
    if (index.budget.left <= 0) return;
    const place = placeIn(source, task.line, 0);
    for (const dependency of checked) {
      dependencies.push({
        dependency,
        dependent: task.key,
        origin: "verification",
        strength: "hard",
        place,
      });
    }
  }
}

/** The task, or the tasks of the group, that a check names. */
function subjects(index: PlanIndex, subject: string): readonly string[] {
  const ids = index.ids.get(subject).slice(0, 1);
  const found = ids.length > 0 ? ids : index.groups.get(subject);
  return found.filter(({ task }) => !task.verifies).map(({ task }) => task.key);
}
