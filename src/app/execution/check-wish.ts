import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { ExecutionSettings } from "../../execution/execution-settings.ts";
import { EXECUTION_PATTERNS } from "../../execution/patterns.ts";
import type { RunWish } from "./execution-cases.ts";
import { rulesOf } from "./preview-run.ts";

/** Throws USAGE for what would go unheard beside the rest of the wish and the configuration: before anything is begun. */
export function checkWish(wish: Omit<RunWish, "plans">, settings: ExecutionSettings): void {
  const { pattern } = rulesOf(wish, settings);
  if (wish.batch !== undefined && !EXECUTION_PATTERNS[pattern].batched)
    throw new WavegateError(
      "USAGE",
      `The pattern ${pattern} has no batches whose size --batch could say.`,
      {
        hint: "Add --pattern batched, or leave --batch out; --workers says how many tasks are at work at once.",
      },
    );
  if (wish.review === true && wish.target !== undefined)
    throw new WavegateError(
      "USAGE",
      "--target moves a branch as results land, --review moves none before you have looked.",
      {
        hint: `Leave --review out, or --target; what you have looked at is brought over with: wavegate land RUN --onto ${shellWord(wish.target)}`,
      },
    );
}
