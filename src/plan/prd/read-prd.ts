import { compareDiagnostics } from "../../core/diagnostic.ts";
import { placeOn } from "../../core/markdown/source-lines.ts";
import { indexPlan } from "../annotations/plan-index.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { readEstimate } from "../estimates.ts";
import type { Phase, PhaseDependency, Plan, PlanText } from "../model.ts";
import { diagramOrder } from "./diagram-order.ts";
import { findPhases } from "./find-phases.ts";
import { joinFiles } from "./join-files.ts";
import { makeTasks } from "./make-tasks.ts";
import { makeVerifications } from "./make-verifications.ts";
import { outline, type Outline } from "./outline.ts";
import { declareOutputs } from "./outputs.ts";
import { statedOrder, type KeyedPhase } from "./phase-dependencies.ts";
import { orderPhases } from "./order-phases.ts";
import { readPhase } from "./read-phase.ts";
import { shareFiles } from "./shared-file.ts";
import { note } from "../report.ts";
import { PRD_REPORT } from "./report.ts";
import { tellShortcomings } from "./shortcomings.ts";
import { taskOrder } from "./task-dependencies.ts";

/**
 * Read a PRD (FORMATS §2.2), or the tracker and the phase files of one (§2.3), as one plan. The first text is the file that the user
 * named. What tasks name in their text is left to `plan/resources`. Linear in the texts; never throws.
 */
export function readPrd(texts: readonly PlanText[]): Plan {
  const outlines = texts.map(outline);
  const found = outlines.map((each) => ({ ...findPhases(each), outline: each }));
  const drafts = joinFiles(found.map(({ phases }) => phases.map(readPhase)));
  const keys = new UniqueKeys();
  const phases: readonly KeyedPhase[] = drafts.map((draft) => ({
    key: keys.take(draft.block.number),
    draft,
  }));
  const made = makeTasks(phases.map(({ key, draft }) => [draft, key]));
  const index = indexPlan(
    made.tasks,
    phases.map(({ key, draft }) => ({ key, number: draft.block.number })),
  );
  const stated = statedOrder(phases, index);
  const diagram = diagramOrder(outlines, phases, made.tasks);
  const order = orderPhases(phases, stated, diagram);
  const between = taskOrder(phases, made.keyOf, index, { stated, diagram });
  const outputs = declareOutputs(phases, made.tasks);
  const shared = shareFiles(outlines, phases, outputs.tasks);
  const file = texts[0]?.file ?? "";
  return {
    file,
    dialect: "prd",
    title: titleOf(outlines),
    phases: phases.map((phase) => phaseOf(phase, order.after.get(phase.key) ?? [])),
    tasks: shared.tasks,
    verifications: makeVerifications(phases, made.keyOf, found),
    dependencies: between.dependencies,
    sequences: [],
    upstream: [],
    diagnostics: [
      ...emptiness(phases, file),
      ...[...found, made, stated, diagram, order, between, outputs, shared].flatMap(
        ({ diagnostics }) => diagnostics,
      ),
      ...tellShortcomings(phases),
    ].toSorted(compareDiagnostics),
  };
}

const emptiness = (phases: readonly KeyedPhase[], file: string) =>
  phases.length > 0
    ? []
    : [note(PRD_REPORT.empty, { file, line: 1, column: 1 }, "There is no phase in it")];

function phaseOf({ key, draft }: KeyedPhase, after: readonly PhaseDependency[]): Phase {
  const { block, goal, effort } = draft;
  const { file } = block.outline;
  const place = { file, ...placeOn(block.heading.line, block.heading.at) };
  const estimate =
    (effort && readEstimate(effort.text, { file, ...placeOn(effort.line, effort.at) })) ??
    (block.time === undefined ? undefined : readEstimate(block.time, place));
  return {
    key,
    title: block.title,
    place,
    after,
    startsWhen: [],
    ...(goal === undefined ? {} : { objective: goal }),
    ...(estimate ? { estimate } : {}),
  };
}

/** `# PRD: Ledger` is `Ledger`. */
function titleOf(outlines: readonly Outline[]): string {
  for (const { headings } of outlines) {
    const heading = headings.find(({ level }) => level === 1);
    if (heading)
      return (
        heading.text.replace(
          /^(?:PRD|Product Requirements Documents?)(?: Implementation Tracker|\s{0,4}#?\d{1,6})?\s{0,4}(?:[:–—-]\s{0,4}|$)/i,
          "",
        ) || heading.text
      );
  }
  return outlines[0]?.file ?? "";
}
