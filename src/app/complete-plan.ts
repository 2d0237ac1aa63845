import { WavegateError } from "../core/error.ts";
import { IMPLEMENTATION } from "../stage/work-part.ts";
import type { BuiltInStage } from "../stage/built-in/stages.ts";
import type { CompleteRequest } from "./app.ts";
import type { RunPlan } from "./start-run.ts";

/** The stages of the whole workflow, in order (S1 §1), by the command that runs one alone. */
const STAGES = [
  ["plan", "planning"],
  ["prepare", "preparation"],
  ["review", "review"],
] as const satisfies readonly (readonly [string, BuiltInStage])[];

/** The stages that are asked for; the implementation lies between preparation and review. Throws USAGE for none. */
export function completePlan(request: CompleteRequest): RunPlan {
  const { from = "plan", until = "review", audit = false, artifacts = [] } = request;
  const place = (command: typeof from) => STAGES.findIndex(([name]) => name === command);
  const [first, ...rest] = STAGES.slice(place(from), place(until) + 1).map(([, stage]) => stage);
  if (first === undefined)
    throw new WavegateError(
      "USAGE",
      `Nothing lies from ${from} until ${until}: ${from} comes later.`,
      {
        hint: `The order is ${STAGES.map(([name]) => name).join(", ")}.`,
      },
    );
  if (until !== "review" && (audit || artifacts.length > 0))
    throw new WavegateError("USAGE", "What the review is to make was asked for, and no review.", {
      hint: "Leave out --audit, --html and --security-scan, or --until.",
    });
  const phased = request.implementation !== undefined;
  if (phased && first !== "preparation" && !rest.includes("preparation"))
    throw new WavegateError(
      "USAGE",
      "How to cut the work was said, and no preparation asked for.",
      {
        hint: "Leave out --implementation, or choose --from and --until around prepare.",
      },
    );
  const planned = [first, ...rest] as const;
  return {
    workflow: "complete",
    // Passed over where no rule asks for it.
    stages: first === "planning" ? ["discovery", ...planned] : planned,
    work: IMPLEMENTATION,
  };
}
