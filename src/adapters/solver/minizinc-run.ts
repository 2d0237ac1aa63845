import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

/** What a run came to: proved to its end, or as far as it got. */
export interface MiniZincRun {
  /** `ended`: it looked at everything, so its last solution is the best, and without one there is none. */
  readonly state: "ended" | "time" | "canceled" | "failed";
  /** Values of the best solution, by name. */
  readonly solution: ReadonlyMap<string, number> | undefined;
  /** What went wrong, where it failed. */
  readonly message: string;
}

/**
 * Makes of a thread the web worker that `minizinc-worker.js` is written for. Chuffed keeps state from run to run, so each run has a thread of
 * its own. The file is a module by its package and looks for its WebAssembly with `require`, so it is given one.
 */
const THREAD = `
const { createRequire } = require("node:module");
const { parentPort, workerData } = require("node:worker_threads");
globalThis.postMessage = (message) => parentPort.postMessage(message);
globalThis.addEventListener = (_, listen) => parentPort.on("message", (data) => listen({ data }));
globalThis.require = createRequire(workerData.url);
globalThis.__filename = workerData.program;
globalThis.__dirname = workerData.folder;
console.error = (error) =>
  parentPort.postMessage({ type: "error", message: String(error?.message ?? error) });
import(workerData.url).then(() => parentPort.postMessage({ type: "loaded" }));
`;

const ARGUMENTS = ["-i", "-f", "--solver", "chuffed", "--output-mode", "json"];

/** More than it takes to stop by itself when its time is up. */
const GRACE_MS = 2_000;

const MESSAGE = z.discriminatedUnion("type", [
  z.object({ type: z.literal("loaded") }),
  z.object({ type: z.literal("ready") }),
  z.object({
    type: z.literal("solution"),
    output: z.object({ json: z.record(z.string(), z.int()) }),
  }),
  z.object({ type: z.literal("status"), status: z.string() }),
  z.object({ type: z.literal("error"), message: z.string() }),
  z.object({ type: z.literal("exit"), code: z.int() }),
]);

/** Where the package's worker is; undefined when it is not installed. */
export function findMiniZinc(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("minizinc/minizinc-worker.js");
  } catch {
    return undefined;
  }
}

/** Run a model with Chuffed, in MiniZinc's WebAssembly; no program is installed, and nothing leaves the process. */
export async function runMiniZinc(
  program: string,
  model: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<MiniZincRun> {
  if (signal?.aborted) return { state: "canceled", solution: undefined, message: "" };
  const folder = path.dirname(program);
  const worker = new Worker(THREAD, {
    eval: true,
    stdout: true,
    stderr: true,
    workerData: { program, folder: `${folder}/`, url: pathToFileURL(program).href },
  });
  const locate = (name: string): string => path.join(folder, name);
  const places = { wasmURL: locate("minizinc.wasm"), dataURL: locate("minizinc.data") };
  const limits = ["--time-limit", String(Math.max(1, Math.ceil(milliseconds)))];
  const question = { jsonStream: true, args: [...ARGUMENTS, ...limits, "m.mzn"] };
  try {
    return await follow(worker, milliseconds, signal, {
      loaded: () => worker.postMessage(places, []),
      ready: () => worker.postMessage({ ...question, files: { "m.mzn": model } }, []),
    });
  } finally {
    await worker.terminate();
  }
}

function follow(
  worker: Worker,
  milliseconds: number,
  signal: AbortSignal | undefined,
  tell: { readonly loaded: () => void; readonly ready: () => void },
): Promise<MiniZincRun> {
  return new Promise((resolve) => {
    let solution: ReadonlyMap<string, number> | undefined;
    let [status, failure] = ["", ""];
    const end = (state: MiniZincRun["state"]): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve({ state, solution, message: failure });
    };
    const cancel = (): void => end("canceled");
    const timer = setTimeout(() => end("time"), milliseconds + GRACE_MS);
    signal?.addEventListener("abort", cancel, { once: true });
    worker.on("message", (data: unknown) => {
      const { data: message } = MESSAGE.safeParse(data);
      if (message?.type === "loaded") tell.loaded();
      else if (message?.type === "ready") tell.ready();
      else if (message?.type === "solution")
        solution = new Map(Object.entries(message.output.json));
      else if (message?.type === "status") ({ status } = message);
      else if (message?.type === "error") failure = message.message;
      else if (message?.type === "exit")
        end(failure === "" && message.code === 0 ? stateOf(status) : "failed");
    });
    worker.on("error", (error) => {
      failure = error instanceof Error ? error.message : String(error);
      end("failed");
    });
    worker.on("exit", () => end("failed"));
  });
}

const stateOf = (status: string): MiniZincRun["state"] =>
  status === "OPTIMAL_SOLUTION" || status === "UNSATISFIABLE" ? "ended" : "time";
