import type { Json } from "../core/json.ts";
import { CHECKS } from "../stage/sandbox/sandbox-settings.ts";
import type { ImplementationInput } from "../workflows/implement-work.ts";
import type { PlanRunInput } from "../workflows/run-plan-input.ts";
import type { RunInput } from "../workflows/run-stages.ts";
import { playersOf } from "./warm-agents.ts";

/** Whoever may start programs in a run with these stages and this work: its agents, and its checks. Once each. */
export const playersOfStages = (
  stages: RunInput["stages"],
  implementation: ImplementationInput | undefined,
): readonly string[] => [
  ...new Set([
    ...stages.flatMap(playersOf),
    ...(implementation ? playersOfWork(implementation) : []),
  ]),
];

/** The same of work on plans. */
export const playersOfWork = ({
  agent,
  verifier,
}: Pick<ImplementationInput, "agent" | "verifier">): readonly string[] => [
  ...new Set([agent, verifier, CHECKS]),
];

/** The same of a run that was begun before, by its journaled input; nobody where it is a run of something else. */
export function playersOfRun(input: Json): readonly string[] {
  if (isOfPlans(input)) return playersOfWork(input);
  return isOfStages(input) ? playersOfStages(input.stages, input.implementation) : [];
}

const isOfPlans = (input: Json): input is PlanRunInput =>
  has(input, "plans") && has(input, "agent") && has(input, "verifier");

const isOfStages = (input: Json): input is RunInput => has(input, "stages");

const has = (input: Json, key: string): boolean =>
  typeof input === "object" && input !== null && key in input;
