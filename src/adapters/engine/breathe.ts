/** As long as this process may do nothing but replay: its heart has to beat meanwhile. */
const BREATH_MS = 20;

let since = performance.now();

/** Let others of this process have their turn, if they had none for a while. A replay that finds everything in memory would give them none. */
export async function breathe(): Promise<void> {
  if (performance.now() - since < BREATH_MS) return;
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  since = performance.now();
}
