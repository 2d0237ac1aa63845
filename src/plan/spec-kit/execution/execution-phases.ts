import { readLines } from "../../../core/markdown/source-lines.ts";
import { UniqueKeys } from "../../unique-keys.ts";
import type { DraftPhase } from "../draft.ts";
import { readPhaseHeading } from "../phase-heading.ts";
import { phaseNumber } from "./apply-execution.ts";
import type { Execution } from "./read-execution.ts";

/** The phases of an execution plan that stands alone, as those of a tasks.md would be read. */
export function executionPhases(
  execution: Execution | undefined,
  text: string,
): readonly DraftPhase[] {
  const lines = execution ? readLines(text) : [];
  const keys = new UniqueKeys();
  return (execution?.phases ?? []).flatMap((phase) => {
    const line = lines[(phase.place.line ?? 1) - 1];
    const number = phaseNumber(phase.id);
    if (!line) return [];
    const heading = readPhaseHeading(
      `Phase 1: ${phase.name.replace(/^phase\s+[\w.]+\s*[:–—-]\s*/i, "")}`,
      false,
    );
    return [
      {
        number,
        key: keys.take(number),
        title: heading?.title ?? phase.name,
        role: heading?.role ?? "other",
        story: heading?.story,
        priority: heading?.priority,
        line,
        level: 2,
        at: 0,
      },
    ];
  });
}
