/** Resolves at `time`, in milliseconds since the epoch; never once the signal has aborted. */
export const sleepUntil = (time: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return;
    const timer = setTimeout(resolve, Math.min(Math.max(time - Date.now(), 0), 2 ** 31 - 1));
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
