import type { ChainCause, ChainPart } from "../../history/execution/critical-chain.ts";

/** What a part of the critical chain was spent on, for people. */
export const PART_WORDS: Readonly<Record<ChainPart, string>> = {
  work: "an agent at work",
  verify: "checks and judging",
  landing: "waiting to land, and landing",
  person: "waiting for a person",
  backoff: "waiting before the next attempt",
  prepare: "making clones, and collecting",
  dispatch: "between tasks, and waits for workers",
};

/** Why an attempt began when it did. */
export function causeWords(cause: ChainCause): string {
  switch (cause.kind) {
    case "start":
      return "the run began";
    case "dependency":
      return `waited for ${cause.task}`;
    case "worker":
      return `all workers were busy until ${cause.task} gave one back`;
    case "beside":
      return `was kept apart from ${cause.task}`;
    case "again":
      return "tried once more";
  }
}
