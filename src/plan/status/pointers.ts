import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";

/** Where the current plan is written, in the order in which S4's tool looks (FORMATS §1.1); each relative to `base`. */
export const POINTER_FILES = [
  { base: "worktree", file: ".claude-context/current-plan.txt" },
  { base: "project", file: ".claude-context/current-plan.txt" },
  { base: "project", file: ".claude/current-plan.txt" },
] as const;

/** A pointer file that was looked for. */
export interface PointerRead {
  /** As shown to the user. */
  readonly file: string;
  /** Undefined where there is none. */
  readonly text: string | undefined;
}

export interface CurrentPlan {
  /** Path of the plan, as written. */
  readonly path: string;
  /** Who said so: a pointer file, or `--plan`. */
  readonly from: string;
}

/**
 * The plan that is the current one: what was asked for, else what the first pointer says that says anything. Errors: PLAN_NOT_FOUND
 * where nothing does, or the one that counts points to nothing: going on to the next would take another plan in silence.
 *
 * @param pointers in the order of `POINTER_FILES`
 * @param isThere whether a path is a file
 */
export function resolveCurrentPlan(
  asked: string | undefined,
  pointers: readonly PointerRead[],
  isThere: (path: string) => boolean,
): Result<CurrentPlan, WavegateError> {
  if (asked !== undefined && asked.trim() !== "")
    return isThere(asked) ? ok({ path: asked, from: "--plan" }) : err(nothingAt(asked));
  for (const { file, text } of pointers) {
    const lines = (text ?? "")
      .replace(/^\uFEFF/, "")
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim());
    const [path, more] = lines.filter((line) => line !== "");
    if (path === undefined) continue;
    if (more !== undefined)
      return err(
        new WavegateError("PLAN_NOT_FOUND", `${file} names more than one plan.`, {
          hint: "Leave one path in it.",
          place: { file, line: lines.indexOf(more) + 1, column: 1 },
        }),
      );
    if (isThere(path)) return ok({ path, from: file });
    return err(nothingAt(path, file));
  }
  return err(
    new WavegateError("PLAN_NOT_FOUND", "No plan was named, and no pointer names a current one.", {
      hint: "Give the path of a plan.",
    }),
  );
}

const nothingAt = (path: string, pointer?: string): WavegateError =>
  new WavegateError(
    "PLAN_NOT_FOUND",
    `There is no plan ${oneLine(path, 200)}${pointer === undefined ? "" : `, which ${pointer} names`}.`,
    {
      hint:
        pointer === undefined
          ? "Check the path."
          : `Give the path of a plan, or set ${pointer} anew.`,
      place: { file: pointer ?? path },
    },
  );
