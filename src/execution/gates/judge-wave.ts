import type { SessionEvent } from "../../core/session-event.ts";
import type { CheckFact } from "../judge-result.ts";
import { stateOfTask, type RunState } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import type { WaveCriterion, WaveGate } from "./wave-gates.ts";

export type WaveJudged = Extract<SessionEvent, { readonly type: "wave-judged" }>;
type Criterion = WaveJudged["criteria"][number];

/**
 * A gate held against what is known, when all that it waits for is finished. What is proven not to hold fails it, whatever people say (S3:
 * "Block next wave until resolved"); what only people can say is asked in mode `approved`, and told as open in mode `proven`.
 */
export function judgeWave(
  gate: WaveGate,
  {
    state,
    tests,
    approvedBy,
  }: {
    readonly state: RunState;
    /** The project's tests on all that landed; undefined where there are none. */
    readonly tests: Pick<CheckFact, "outcome" | "shown"> | undefined;
    /** The person who said so. */
    readonly approvedBy?: string;
  },
): WaveJudged {
  const criteria = gate.criteria.map((criterion) =>
    judged(criterion, { state, tests, approvedBy }),
  );
  const failed = criteria.some(({ outcome }) => outcome === "unmet");
  const asks = gate.mode === "approved" && approvedBy === undefined;
  return {
    type: "wave-judged",
    gate: gate.id,
    wave: gate.wave,
    name: gate.name,
    outcome: failed ? "failed" : asks ? "asks" : "passed",
    criteria,
    approvers: gate.approvers,
    ...(approvedBy !== undefined && !failed && { by: approvedBy }),
  };
}

function judged(
  criterion: WaveCriterion,
  {
    state,
    tests,
    approvedBy,
  }: {
    readonly state: RunState;
    readonly tests: Pick<CheckFact, "outcome" | "shown"> | undefined;
    readonly approvedBy: string | undefined;
  },
): Criterion {
  const { text } = criterion;
  const tell = (outcome: Criterion["outcome"], shown: string): Criterion => ({
    text,
    outcome,
    shown,
  });
  switch (criterion.kind) {
    case "tasks": {
      const open = criterion.keys.filter((key) => !isFinished(stateOfTask(state, key)));
      const skipped = criterion.keys.filter((key) => stateOfTask(state, key).status === "skipped");
      if (open.length > 0) return tell("unmet", `not finished: ${named(open)}`);
      return tell(
        "met",
        skipped.length > 0
          ? `${criterion.keys.length} finished, skipped among them: ${named(skipped)}`
          : `${criterion.keys.length} finished`,
      );
    }
    case "verification": {
      const own = stateOfTask(state, criterion.key);
      if (own.status === "done") return tell("met", `${criterion.key} passed`);
      return own.status === "skipped"
        ? person(tell, approvedBy, `${criterion.key} was skipped: ${own.why}`)
        : tell("unmet", `${criterion.key} is ${own.status}`);
    }
    case "tests":
      if (tests === undefined)
        return person(tell, approvedBy, "no test command is known for the project");
      return tests.outcome === "passed" ? tell("met", tests.shown) : tell("unmet", tests.shown);
    case "person":
      return person(tell, approvedBy, "only people can tell");
  }
}

const person = (
  tell: (outcome: Criterion["outcome"], shown: string) => Criterion,
  approvedBy: string | undefined,
  shown: string,
): Criterion =>
  approvedBy === undefined ? tell("for-person", shown) : tell("met", `${approvedBy} says so`);

/** So many are named. */
const NAMED = 10;

const named = (keys: readonly string[]): string =>
  keys.length > NAMED
    ? `${keys.slice(0, NAMED).join(", ")} and ${keys.length - NAMED} more`
    : keys.join(", ");
