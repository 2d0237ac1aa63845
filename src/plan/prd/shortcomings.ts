import { placeOn } from "../../core/markdown/source-lines.ts";
import type { PlanDiagnostic } from "../model.ts";
import type { KeyedPhase } from "./phase-dependencies.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

/** What phases leave out that the tools of the format go by; one diagnostic for each phase and kind. */
export function tellShortcomings(phases: readonly KeyedPhase[]): readonly PlanDiagnostic[] {
  const twice = phases.filter(({ key }) => key.includes("#"));
  return [
    ...phases.flatMap(ofPhase),
    ...twice.map(({ draft }) =>
      note(
        PRD_REPORT.sameNumber,
        placeOfHeading(draft),
        `A phase before this one has the number ${quoted(draft.block.number)}, too`,
      ),
    ),
  ];
}

function ofPhase({ draft }: KeyedPhase): readonly PlanDiagnostic[] {
  const top = draft.tasks.filter(({ parent }) => parent === undefined);
  const number = quoted(draft.block.number);
  if (top.length === 0)
    return [note(PRD_REPORT.noTasks, placeOfHeading(draft), `Phase ${number} has no tasks`)];
  const told: PlanDiagnostic[] = [];
  const silent = top.filter(({ parallel }) => parallel === undefined);
  const loose = top.filter(({ mark }) => mark === undefined);
  const [first] = silent;
  const [unboxed] = loose;
  const { file } = draft.block.outline;
  if (first)
    told.push(
      note(
        PRD_REPORT.notSaid,
        { file, ...placeOn(first.line, first.at) },
        `${silent.length} of ${top.length} tasks of phase ${number} do not say whether they are parallelizable`,
      ),
    );
  if (unboxed)
    told.push(
      note(
        PRD_REPORT.notBoxed,
        { file, ...placeOn(unboxed.line, unboxed.at) },
        `${loose.length} of ${top.length} tasks of phase ${number} have no check box`,
      ),
    );
  return told;
}

const placeOfHeading = ({ block }: KeyedPhase["draft"]) => ({
  file: block.outline.file,
  ...placeOn(block.heading.line, block.heading.at),
});
