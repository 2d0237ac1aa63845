import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import type { BoxLine } from "../annotations/box-line.ts";
import type { PlanDiagnostic } from "../model.ts";
import { problem, type ProblemCode } from "./problems.ts";
import type { ReadId } from "./task-id.ts";

/** What S4's own parser takes for a task and a phase (FORMATS §1.2); `plan/original` answers as it does, this only compares line by line. */
const TASK = /^-\s+\[([ x])\]\s+(\d+\.\d+(?:\.\d+)?)(?=\s)/;
const PHASE = /^##\s+Phase\s+\d+:(?=\s*\S)/;

export const originalSeesTask = (raw: string): boolean => TASK.test(raw);
export const originalSeesPhase = (raw: string): boolean => PHASE.test(raw);

/** How the original's reading of a task's line differs, if it does. */
export function compareTask(
  raw: string,
  box: BoxLine,
  { id, verifies }: ReadId,
  place: FilePlace,
): PlanDiagnostic | undefined {
  const [, mark] = TASK.exec(raw) ?? [];
  if (mark === " ") return undefined;
  const name = id === undefined ? "This task" : `Task ${oneLine(id, 40)}`;
  if (mark === "x")
    return problem(
      "PLAN_BOX_TICKED",
      place,
      `${name} is done; the original takes a ticked box for a pending task.`,
    );
  const [code, words] = whyUnseen(box, verifies, id);
  return problem(code, place, `${name} ${words}; the original does not see it.`);
}

function whyUnseen(
  box: BoxLine,
  verifies: boolean,
  id: string | undefined,
): readonly [ProblemCode, string] {
  if (box.indent > 0) return ["PLAN_TASK_INDENTED", "is indented"];
  if (box.bullet !== "-") return ["PLAN_TASK_BULLET", `has the bullet ${oneLine(box.bullet, 12)}`];
  if (!box.wellFormed) return ["PLAN_BOX_FORM", "has a box that is not just one mark"];
  if (!" x".includes(box.mark)) return ["PLAN_BOX_MARK", `is marked [${oneLine(box.mark, 2)}]`];
  if (verifies) return ["PLAN_VERIFY_BOX", "is a check"];
  if (id === undefined) return ["PLAN_TASK_NO_ID", "has no id"];
  return ["PLAN_ID_FORM", "has an id of another form"];
}

/** Lines that are no task or phase, and that the original takes for one. */
export function compareNothing(
  raw: string,
  where: "code" | "comment",
  place: FilePlace,
): PlanDiagnostic | undefined {
  const id = TASK.exec(raw)?.[2];
  if (id !== undefined) {
    return where === "code"
      ? problem(
          "PLAN_TASK_IN_FENCE",
          place,
          `Box ${id} is in a code block; the original counts it as a task.`,
        )
      : problem(
          "PLAN_TASK_IN_COMMENT",
          place,
          `Box ${id} is in a comment; the original counts it as a task.`,
        );
  }
  return PHASE.test(raw)
    ? problem(
        "PLAN_PHASE_IN_CODE",
        place,
        `This phase is in a ${where === "code" ? "code block" : "comment"}; the original takes it for one.`,
      )
    : undefined;
}
