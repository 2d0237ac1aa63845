import type { Footing, Scope } from "./footing.ts";

/** Resolves after `ms`, or when the run ended the child that sleeps; never once the execution has stopped. */
export const sleepFor = (
  ms: number,
  { signal: stop }: Footing,
  { ending }: Scope,
): Promise<void> => {
  const signal = ending?.signal ?? stop;
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      if (ending?.ended) resolve();
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", wake);
        resolve();
      },
      Math.min(Math.max(ms, 0), 2 ** 31 - 1),
    );
    if (signal.aborted) wake();
    else signal.addEventListener("abort", wake, { once: true });
  });
};
