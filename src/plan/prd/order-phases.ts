import { placeOn } from "../../core/markdown/source-lines.ts";
import { formatPlace } from "../../core/place.ts";
import type { PhaseDependency, PlanDiagnostic } from "../model.ts";
import type { DiagramOrder } from "./diagram-order.ts";
import type { KeyedPhase, StatedOrder } from "./phase-dependencies.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

interface PhaseOrder {
  readonly after: ReadonlyMap<string, readonly PhaseDependency[]>;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/**
 * What each phase waits for: what it says itself; else what a diagram draws; else, where neither says anything of it, the phase
 * before as a barrier. A diagram that draws more or less than a phase says is told, and the phase counts.
 */
export function orderPhases(
  phases: readonly KeyedPhase[],
  stated: StatedOrder,
  diagram: DiagramOrder,
): PhaseOrder {
  const diagnostics: PlanDiagnostic[] = [];
  const after = new Map<string, readonly PhaseDependency[]>();
  phases.forEach((phase, position) => {
    const { key } = phase;
    const said = stated.after.get(key);
    const drawn = diagram.after?.get(key);
    if (said) {
      after.set(key, said);
      diagnostics.push(...differences(phase, said, drawn ?? [], stated));
    } else if (diagram.after) after.set(key, drawn ?? []);
    else after.set(key, barrier(phases[position - 1], phase));
  });
  return { after, diagnostics };
}

function barrier(
  before: KeyedPhase | undefined,
  { draft }: KeyedPhase,
): readonly PhaseDependency[] {
  if (!before) return [];
  const { heading, outline } = draft.block;
  const place = { file: outline.file, ...placeOn(heading.line, heading.at) };
  return [{ phase: before.key, origin: "barrier", strength: "hard", place }];
}

/** Arrows that the phases' own words do not imply. */
function differences(
  { key, draft }: KeyedPhase,
  said: readonly PhaseDependency[],
  drawn: readonly PhaseDependency[],
  stated: StatedOrder,
): readonly PlanDiagnostic[] {
  if (drawn.length === 0) return [];
  const implied = new Set<string>();
  const open = said.map(({ phase }) => phase);
  for (let phase = open.pop(); phase !== undefined; phase = open.pop()) {
    if (implied.has(phase)) continue;
    implied.add(phase);
    open.push(...(stated.after.get(phase) ?? []).map((other) => other.phase));
  }
  const { file } = draft.block.outline;
  const at = said[0]?.place ?? { file, line: draft.block.heading.line.number };
  return drawn
    .filter(({ phase }) => phase !== key && !implied.has(phase))
    .map(({ phase, place }) =>
      note(
        PRD_REPORT.diagramDiffers,
        place,
        `The diagram lets phase ${quoted(key)} wait for phase ${quoted(phase)}, which the phase itself does not say (${formatPlace(at)})`,
      ),
    );
}
