import type { ImplementationInput } from "../../workflows/implement-work.ts";
import type { Settings } from "../app-ports.ts";
import type { RunWish } from "./execution-cases.ts";
import { rulesOf } from "./preview-run.ts";
import { testCommandOf, type ProjectTests } from "../../execution/project-tests.ts";

/** How long is waited before a task that failed is tried again, from the first to the longest. Milliseconds. */
const WAITS = { initialMs: 5_000, maxMs: 5 * 60_000 } as const;

/** How plans are carried out: what was wished, else as configured; all that does not hang on the plans. */
export function chosenInput(
  { execution, agentLimit }: Pick<Settings, "execution" | "agentLimit">,
  wish: Omit<RunWish, "plans">,
  {
    agents,
    tests,
  }: {
    readonly agents: { readonly agent: string; readonly verifier: string };
    readonly tests: ProjectTests;
  },
): ImplementationInput {
  const { pattern, failures, limits } = rulesOf(wish, execution);
  const { attempts, taskTimeoutMs, stallMs, checkTimeoutMs, protect } = execution;
  return {
    pattern,
    failures,
    limits: { ...limits },
    attempts: { ...attempts, ...WAITS },
    ...agents,
    inferred: true,
    gates: [],
    test: testCommandOf(tests),
    taskTimeoutMs,
    stallMs,
    checkTimeoutMs,
    protect,
    agentLimit,
    maxMemoryBytes: null,
    coordination: {
      gates: wish.gates ?? execution.gates,
      checkpoints: wish.checkpoints ?? execution.checkpoints,
      ...(execution.stateFolder !== null && { stateFolder: execution.stateFolder }),
    },
  };
}
