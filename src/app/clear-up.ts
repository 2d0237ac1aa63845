import type { RunRecord } from "../ports/engine.ts";
import type { AppPorts } from "./app-ports.ts";

/** Clears away what runs left on this machine whose workers died in the middle: programs that go on alone, and working copies. */
export interface ClearUp {
  /** What others left, once: when this process begins to execute runs. */
  begin(): void;
  /** What a run left that is over. */
  after(runId: string): Promise<void>;
  /** Resolves when all of it is done. */
  settled(): Promise<unknown>;
}

type Ports = Pick<AppPorts, "engine" | "endForsaken" | "clearWorkspaces">;

/** Of so many runs that were canceled last programs are looked for: nobody goes on with such a run and ends what is left of it. */
const CANCELED = 20;

/** Nothing of it may end a run or a command: what can't be cleared away stays for whoever clears up next. */
export function clearUp(ports: Ports): ClearUp {
  const going = new Set<Promise<void>>();
  const go = (work: () => Promise<void>): Promise<void> => {
    const done = work().catch(() => undefined);
    going.add(done);
    return done.finally(() => going.delete(done));
  };
  let begun = false;
  return {
    begin() {
      if (begun) return;
      begun = true;
      void go(() => clearOthers(ports));
    },
    after: (runId) =>
      go(async () => {
        await ports.endForsaken(runId);
        await ports.clearWorkspaces(async (run) => run === runId);
      }),
    settled: () => Promise.all(going),
  };
}

async function clearOthers({ endForsaken, clearWorkspaces, ...ports }: Ports): Promise<void> {
  const engine = await ports.engine();
  for (const { runId } of await engine.runs({ status: "canceled", limit: CANCELED }))
    await endForsaken(runId);
  await clearWorkspaces(async (runId) => {
    // Also of one that goes on: its task may be at work on another machine by now, which sees nothing of this one.
    await endForsaken(runId);
    return hasEnded(await engine.run(runId));
  });
}

/** One that is not known here may be another project's. */
const hasEnded = (record: RunRecord | undefined): boolean =>
  record !== undefined &&
  (record.status === "completed" ||
    record.status === "canceled" ||
    (record.status === "failed" && !record.wait));
