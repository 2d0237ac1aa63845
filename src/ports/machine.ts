import type { MachineFacts } from "../stage/rules/resources.ts";

/** The machine that a stage is executed on. */
export interface Machine {
  /** What is free at this moment, within the limits of the container if there is one. Never throws. */
  read(): Promise<MachineFacts>;
}
