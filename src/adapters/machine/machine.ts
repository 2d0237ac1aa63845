import os from "node:os";
import type { Machine } from "../../ports/machine.ts";

/** This machine, by what the operating system and the limits of the process's container say. */
export const createMachine = (): Machine => ({
  async read() {
    return {
      // Within the container's limit where there is one; counts memory that caches would give back.
      freeBytes: process.availableMemory(),
      totalBytes: limitOf(process.constrainedMemory(), os.totalmem()),
      cores: os.availableParallelism(),
    };
  },
});

/** A container without a limit reports none, 0, or more than the machine has. */
const limitOf = (constrained: number | undefined, total: number): number =>
  constrained === undefined || constrained === 0 ? total : Math.min(constrained, total);
