import type { Limit } from "../ports/engine.ts";

/**
 * A place for whoever runs a command in the clone that all who only look at this commit share on one machine: commands may leave files there,
 * so one runs at a time, of whichever run and process.
 */
export const aloneInCloneOf = (commit: string): readonly Limit[] => [
  { pool: `clone/${commit}`, limit: 1, scope: "machine" },
];
