import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const LOADING = z.discriminatedUnion("type", [
  z.object({ type: z.literal("loaded") }),
  z.object({ type: z.literal("compiled"), module: z.unknown() }),
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("error"), message: z.string() }),
]);

/** A thread with MiniZinc in it, for one question: Chuffed keeps state from run to run. */
export interface MiniZincThread {
  readonly worker: Worker;
  /** When it takes a question. Rejects when it can't be loaded. */
  readonly ready: Promise<void>;
}

/**
 * Makes of a thread the web worker that `minizinc-worker.js` is written for. The file is a module by its package and looks for its
 * WebAssembly with `require`, so it is given one. The first thread compiles it, which takes a second, and gives it to those that follow.
 */
const THREAD = `
const { createRequire } = require("node:module");
const { parentPort, workerData } = require("node:worker_threads");
globalThis.postMessage = (message) => parentPort.postMessage(message);
globalThis.addEventListener = (_, listen) => parentPort.on("message", (data) => listen({ data }));
globalThis.require = createRequire(workerData.url);
globalThis.__filename = workerData.program;
globalThis.__dirname = workerData.folder;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (bytes, imports) => {
  const module = workerData.compiled ?? (await WebAssembly.compile(bytes));
  if (!workerData.compiled) parentPort.postMessage({ type: "compiled", module });
  return { module, instance: await instantiate(module, imports) };
};
console.error = (error) =>
  parentPort.postMessage({ type: "error", message: String(error?.message ?? error) });
import(workerData.url).then(() => parentPort.postMessage({ type: "loaded" }));
`;

/** Where the package's worker is; undefined when it is not installed. */
export function findMiniZinc(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("minizinc/minizinc-worker.js");
  } catch {
    return undefined;
  }
}

/** A `WebAssembly.Module`, once some thread has compiled it. */
let compiled: unknown;
let spare: MiniZincThread | undefined;

/** Load a thread that the next question takes. */
export function prepareThread(program: string): void {
  if (spare) return;
  spare = startThread(program);
  // Nobody may ask.
  spare.worker.unref();
}

/** The thread that was prepared, or a new one. Whoever takes it ends it. */
export function takeThread(program: string): MiniZincThread {
  const thread = spare ?? startThread(program);
  spare = undefined;
  thread.worker.ref();
  return thread;
}

function startThread(program: string): MiniZincThread {
  const folder = path.dirname(program);
  const worker = new Worker(THREAD, {
    eval: true,
    stdout: true,
    stderr: true,
    workerData: { program, folder: `${folder}/`, url: pathToFileURL(program).href, compiled },
  });
  const places = {
    wasmURL: path.join(folder, "minizinc.wasm"),
    dataURL: path.join(folder, "minizinc.data"),
  };
  const ready = new Promise<void>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("its thread has ended")));
    worker.on("message", (data: unknown) => {
      const message = LOADING.safeParse(data).data;
      if (message?.type === "loaded") worker.postMessage(places, []);
      else if (message?.type === "compiled") compiled = message.module;
      else if (message?.type === "ready") resolve();
      else if (message?.type === "error") reject(new Error(message.message));
    });
  });
  // Told to who takes the thread.
  ready.catch(() => undefined);
  return { worker, ready };
}
