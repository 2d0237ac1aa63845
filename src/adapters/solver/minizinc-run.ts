import { z } from "zod";
import { takeThread, type MiniZincThread } from "./minizinc-thread.ts";

/** What a run came to: proved to its end, or as far as it got. */
export interface MiniZincRun {
  /** `ended`: it looked at everything, so its last solution is the best, and without one there is none. */
  readonly state: "ended" | "time" | "canceled" | "failed";
  /** Values of the best solution, by name. */
  readonly solution: ReadonlyMap<string, number> | undefined;
  /** What went wrong, where it failed. */
  readonly message: string;
}

const ARGUMENTS = ["-i", "-f", "--solver", "chuffed", "--output-mode", "json"];

/** More than it takes to stop by itself when its time is up. */
const GRACE_MS = 2_000;

const MESSAGE = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("solution"),
    output: z.object({ json: z.record(z.string(), z.int()) }),
  }),
  z.object({ type: z.literal("status"), status: z.string() }),
  z.object({ type: z.literal("error"), message: z.string() }),
  z.object({ type: z.literal("exit"), code: z.int() }),
]);

/** Run a model with Chuffed, in MiniZinc's WebAssembly; no program is installed, and nothing leaves the process. */
export async function runMiniZinc(
  program: string,
  model: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<MiniZincRun> {
  if (signal?.aborted) return { state: "canceled", solution: undefined, message: "" };
  const thread = takeThread(program);
  const limits = ["--time-limit", String(Math.max(1, Math.ceil(milliseconds)))];
  const question = {
    jsonStream: true,
    args: [...ARGUMENTS, ...limits, "m.mzn"],
    files: { "m.mzn": model },
  };
  try {
    return await follow(thread, question, milliseconds, signal);
  } finally {
    await thread.worker.terminate();
  }
}

function follow(
  { worker, ready }: MiniZincThread,
  question: object,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<MiniZincRun> {
  return new Promise((resolve) => {
    let solution: ReadonlyMap<string, number> | undefined;
    let [status, failure] = ["", ""];
    const end = (state: MiniZincRun["state"]): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve({ state, solution, message: failure });
    };
    const fail = (error: unknown): void => {
      failure = error instanceof Error ? error.message : String(error);
      end("failed");
    };
    const cancel = (): void => end("canceled");
    const timer = setTimeout(() => end("time"), milliseconds + GRACE_MS);
    signal?.addEventListener("abort", cancel, { once: true });
    worker.on("message", (data: unknown) => {
      const { data: message } = MESSAGE.safeParse(data);
      if (message?.type === "solution") solution = new Map(Object.entries(message.output.json));
      else if (message?.type === "status") ({ status } = message);
      else if (message?.type === "error") failure = message.message;
      else if (message?.type === "exit")
        end(failure === "" && message.code === 0 ? stateOf(status) : "failed");
    });
    worker.on("exit", () => end("failed"));
    ready.then(() => worker.postMessage(question, []), fail);
  });
}

const stateOf = (status: string): MiniZincRun["state"] =>
  status === "OPTIMAL_SOLUTION" || status === "UNSATISFIABLE" ? "ended" : "time";
