import type { Json } from "../../core/json.ts";
import type { Workflow } from "../../ports/engine.ts";
import type { Bell } from "./bell.ts";
import type { DbosRuntime } from "./dbos-runtime.ts";
import type { Ending } from "./ending.ts";
import type { ProgressTeller } from "./progress-teller.ts";
import type { Outcome } from "./outcome.ts";
import type { Paces } from "./paces.ts";
import type { Slots } from "./slots.ts";
import type { Lease, Store } from "./store.ts";

/** What executions of one process share. */
export interface Shop {
  readonly store: Store;
  readonly bell: Bell;
  readonly slots: Slots;
  readonly paces: Paces;
  readonly teller: ProgressTeller;
  readonly runtime: DbosRuntime;
  readonly workflow: (name: string) => Workflow<Json, Json>;
  /** Whether other workers of the project take what is offered, as of the last heartbeat. */
  readonly othersTake: () => boolean;
}

/** What the parts of one execution of a run stand on. */
export interface Footing {
  readonly shop: Shop;
  readonly lease: Lease;
  /** The run that is written to: its own, or that of the shared child which it executes. */
  readonly runId: string;
  /** Aborts when this execution is over, however it ended. */
  readonly signal: AbortSignal;
  readonly stop: (reason: string) => void;
  /**
   * A call to the engine's store. It can fail only as a whole: then this execution stops, and the run is offered again.
   * Once stopped it never settles, or does what `stopped` does; `parked` says that it is not to be waited for any more.
   */
  readonly guarded: <T>(
    call: (parked: () => void) => Promise<T>,
    stopped?: () => Promise<never>,
  ) => Promise<T>;
  /** Journal how `call` ended, unless this execution was stopped before: then it has not ended. */
  readonly journal: (name: string, call: () => Promise<Json>) => Promise<Outcome>;
  /** Wait for this before the execution counts as quiet. */
  readonly keepBusy: (work: Promise<unknown>) => void;
}

/** Which part of a run calls: the run itself is "", a child its name, shared or not. */
export interface Scope {
  readonly instance: string;
  /** Of a spawned child, and of the children it has. */
  readonly ending?: Ending | undefined;
}
