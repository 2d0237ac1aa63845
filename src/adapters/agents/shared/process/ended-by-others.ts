/** Signals by which programs are ended by others, or by the system; of a fault of its own a program gets other ones. */
const SENT: ReadonlyMap<string, number> = new Map([
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGKILL", 9],
  ["SIGTERM", 15],
]);
/** How shells, and what makes sandboxes, tell of a program that a signal ended. */
const TOLD: ReadonlySet<number> = new Set([...SENT.values()].map((signal) => 128 + signal));

/** Whether somebody ended a program by a signal; only for one that we did not stop ourselves. */
export const endedByOthers = ({
  exitCode,
  exitSignal,
}: {
  readonly exitCode: number | undefined;
  readonly exitSignal: string | undefined;
}): boolean => (exitSignal === undefined ? TOLD.has(exitCode ?? 0) : SENT.has(exitSignal));
