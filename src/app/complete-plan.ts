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
export function completePlan({ from = "plan", until = "review" }: CompleteRequest): RunPlan {
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
  return { workflow: "complete", stages: [first, ...rest], work: IMPLEMENTATION };
}
