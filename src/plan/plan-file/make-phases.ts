import { dependencyClausesIn } from "../annotations/dependency-clauses.ts";
import { PLAN_FILE_IDS } from "../annotations/id-grammar.ts";
import { readReferences } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import { oneLine } from "../../core/text.ts";
import { readEstimate } from "../estimates.ts";
import type { Phase, PhaseDependency, TaskMention } from "../model.ts";
import type { DraftPhase, Words } from "./drafts.ts";
import type { PhaseStatements } from "./note-statements.ts";
import { orderPhases } from "./phase-order.ts";
import { problem } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { placeIn } from "./source.ts";

/** The phases of a plan, with what each waits for. */
export function makePhases(
  reading: Reading,
  { groups, first, stated }: PhaseStatements,
): readonly Phase[] {
  const { source, drafts } = reading;
  const all = new Map(stated);
  for (const phase of drafts.phases) {
    const waits = phase.waits.flatMap((words) => waitsOf(reading, phase, words));
    if (waits.length > 0) all.set(phase.key, [...(all.get(phase.key) ?? []), ...waits]);
  }
  const byKey = new Map(drafts.phases.map((phase) => [phase.key, phase]));
  const placeOf = (key: string) => {
    const phase = byKey.get(key);
    return phase ? placeIn(source, phase.line, 0) : { file: source.file };
  };
  const after = orderPhases({
    phases: drafts.phases.map(({ key }) => key),
    groups,
    first,
    stated: all,
    placeOf,
  });
  return drafts.phases.map((phase) => {
    const estimate = estimateOf(reading, phase);
    return {
      key: phase.key,
      title: phase.title,
      place: placeOf(phase.key),
      after: after.get(phase.key) ?? [],
      startsWhen: phase.starts.flatMap((words) => startsOf(reading, phase, words)),
      ...(phase.objective === undefined ? {} : { objective: phase.objective }),
      ...(estimate ? { estimate } : {}),
    };
  });
}

function estimateOf({ source }: Reading, { effort, line, title }: DraftPhase) {
  return effort
    ? readEstimate(effort.text, placeIn(source, effort.line, effort.at))
    : readEstimate(title, placeIn(source, line, 0));
}

/** `(Depends on Phases 1 & 2)` in a heading, `**Dependencies:** Phase 1, 2.3` below. Tasks named hold back each task of the phase. */
function waitsOf(
  reading: Reading,
  phase: DraftPhase,
  { line, at }: Words,
): readonly PhaseDependency[] {
  const { source, index, dependencies, problems } = reading;
  return dependencyClausesIn(line.text, PLAN_FILE_IDS)
    .filter(({ start, direction }) => start >= at && direction === "needs")
    .flatMap(({ references }) => {
      const named = resolveReferences(references, index, { phase: phase.key }, false);
      for (const { start, end } of named.unknown) {
        problems.push(
          problem(
            "PLAN_DEPENDENCY_UNKNOWN",
            placeIn(source, line, start),
            `Phase ${oneLine(phase.key, 16)} waits for ${oneLine(line.text.slice(start, end), 60)}, which is not in the plan.`,
          ),
        );
      }
      const members = index.inPhase.get(phase.key) ?? [];
      index.budget.left -= named.tasks.length * members.length;
      if (index.budget.left > 0) {
        for (const { task: dependency, reference } of named.tasks) {
          const place = placeIn(source, line, reference.start);
          for (const { task } of members) {
            if (task.key !== dependency)
              dependencies.push({
                dependency,
                dependent: task.key,
                origin: "explicit",
                strength: "hard",
                place,
              });
          }
        }
      }
      return named.phases.map(({ phase: key, reference }) => ({
        phase: key,
        origin: "explicit" as const,
        strength: "hard" as const,
        place: placeIn(source, line, reference.start),
      }));
    });
}

const WHEN = /^\s{0,8}(?:when|once|after|as soon as|if)?\s{0,8}/i;

/** `pipeline-start: when 1.3 completes`. */
function startsOf(
  { source, index, problems }: Reading,
  phase: DraftPhase,
  { line, at }: Words,
): readonly TaskMention[] {
  const from = at + (WHEN.exec(line.text.slice(at, at + 60))?.[0].length ?? 0);
  const { references } = readReferences(line.text, from, PLAN_FILE_IDS);
  const named = resolveReferences(references, index, { phase: phase.key }, true);
  if (named.tasks.length === 0 || named.unknown.length > 0) {
    problems.push(
      problem(
        "PLAN_PIPELINE_START",
        placeIn(source, line, at),
        `Phase ${oneLine(phase.key, 16)} starts when something completes that is not in the plan: "${oneLine(line.text.slice(at), 60)}"`,
      ),
    );
  }
  return named.tasks.map(({ task, reference }) => ({
    task,
    place: placeIn(source, line, reference.start),
  }));
}
