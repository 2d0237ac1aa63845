import type { Steps } from "../ports/engine.ts";
import type { HoldInfo } from "../stage/records.ts";
import type { StagePorts } from "./stage-ports.ts";

/** Why a run is held. Without a hint: mend the cause. */
export type Why = Pick<HoldInfo, "code" | "reason" | "failures" | "budget"> & {
  readonly hint?: string;
  /** Flags that the command to go on with needs. */
  readonly flags?: string;
};

/** What raising a budget needs. */
type RaisePorts = Pick<StagePorts, "audit" | "clock" | "digest" | "ledgers">;

/** Where a run is held: the scope tells the steps and events from those of other stages of the run. */
export interface HoldPlace {
  readonly ports: RaisePorts;
  readonly steps: Steps;
  readonly scope: string;
  /** The stage's name, for people. */
  readonly stage: string;
}
