import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type {
  Searched,
  SearchProgress,
  SearchRequest,
  ScheduleSearch,
  SearchTask,
} from "../../ports/schedule-search.ts";
import type { ThreadData } from "./search-thread.ts";

type Message<Task extends SearchTask> = { readonly progress: SearchProgress } | Searched<Task>;

/** Each search in a thread of its own, which ends with it. */
export const threadedSearch: ScheduleSearch = { search };

function search<Task extends SearchTask>(
  { task, seed, budget, milliseconds, proof, onProgress }: SearchRequest<Task>,
  signal?: AbortSignal,
): Promise<Searched<Task>> {
  const stop = new SharedArrayBuffer(4);
  const cancel = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  const worker = startThread({ task, seed, budget, milliseconds, proof, stop });
  return new Promise<Searched<Task>>((resolve, reject) => {
    worker.on("message", (message: Message<Task>) => {
      if ("progress" in message) onProgress?.(message.progress);
      else resolve(message);
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("The search ended without a schedule.")));
  }).finally(() => {
    signal?.removeEventListener("abort", cancel);
    return worker.terminate();
  });
}

/** From source, whose files Node 20 can't run, the thread reads itself through jiti. */
function startThread(workerData: ThreadData): Worker {
  const built = import.meta.url.endsWith(".js");
  const file = new URL(built ? "search-thread.js" : "search-thread.ts", import.meta.url);
  if (built) return new Worker(file, { workerData });
  const jiti = JSON.stringify(createRequire(import.meta.url).resolve("jiti"));
  const source = JSON.stringify(fileURLToPath(file));
  return new Worker(`require(${jiti}).createJiti(${source}).import(${source})`, {
    eval: true,
    workerData,
  });
}
