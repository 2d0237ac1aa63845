import type { Json } from "../../core/json.ts";
import type { Verdict } from "../../core/pace.ts";
import type { Limit, PacedPool, Received, Steps, Workflow } from "../../ports/engine.ts";

/** What the contract's workflow can be told to do, one thing after the other. */
export type Op =
  /** An attempt, and the event it emits before it ends. */
  | {
      readonly do: string;
      readonly limits?: readonly Limit[];
      /** A number as the effect's value tells of a refusal, with the wait asked for; the output is what became slower, "held back" where it had become so before, or "as fast". */
      readonly paced?: PacedPool;
      readonly says?: string;
    }
  /** Attempts called at once. */
  | { readonly all: readonly string[]; readonly limits?: readonly Limit[] }
  | { readonly ask: string; readonly token: string; readonly kind?: "gate" | "hold" | "work" }
  | { readonly children: readonly { readonly name: string; readonly ops: readonly Op[] }[] }
  | { readonly sibling: string }
  | Spawn
  /** So many, one after the other; the output is what came, without its times. */
  | { readonly receive: number; readonly until?: number; readonly asks?: string }
  | { readonly end: string }
  | { readonly emit: string }
  | { readonly sleep: number }
  | { readonly fail: string };

type Spawn = { readonly spawn: string; readonly ops: readonly Op[]; readonly shared?: boolean };

export interface Script {
  readonly [key: string]: Json;
  readonly ops: readonly Op[];
}

/** An effect as the test sees it: it ends when the test says so, or when the signal aborts. */
export type Puppet = (
  call: { readonly runId: string; readonly step: string; readonly starts: number },
  signal: AbortSignal,
) => Promise<Json>;

/** A workflow that does what its input says, so that tests read as data. Its output lists what each thing gave. */
export function scriptWorkflow(puppet: Puppet): Workflow<Script, readonly Json[]> {
  const workflow: Workflow<Script, readonly Json[]> = {
    name: "script",
    run: async ({ ops }, steps) => {
      const out: Json[] = [];
      for (const op of ops) out.push(await perform(op, steps));
      return out;
    },
  };
  const attempt = (steps: Steps, step: string, limits: readonly Limit[] = [], says?: string) =>
    steps.attempt({ name: step, limits }, async (context) => {
      context.progress({ stage: "contract", role: step, line: `${step} begins` });
      const call = { runId: steps.runId, step, starts: context.starts };
      if (context.ended) return { endedBefore: step, aborted: context.signal.aborted };
      const value = await puppet(call, context.signal);
      if (says !== undefined) await emit(steps, says);
      return context.ended ? { ended: step } : value;
    });
  const pacedAttempt = (steps: Steps, step: string, paced: PacedPool) =>
    steps.attempt({ name: step, paced }, async (context) => {
      const call = { runId: steps.runId, step, starts: context.starts };
      const value = await puppet(call, context.signal);
      const slowed = await context.tellLoad(verdictOf(value));
      return slowed ?? (context.heldBack ? "held back" : "as fast");
    });
  const spawn = async (steps: Steps, { spawn: name, ops, shared = false }: Spawn) => {
    await steps.spawn(workflow, { name, input: { ops }, shared });
    return `spawned ${name}`;
  };
  const perform = async (op: Op, steps: Steps): Promise<Json> => {
    if ("do" in op && op.paced) return pacedAttempt(steps, op.do, op.paced);
    if ("do" in op) return attempt(steps, op.do, op.limits, op.says);
    if ("all" in op) return Promise.all(op.all.map((step) => attempt(steps, step, op.limits)));
    if ("ask" in op)
      return steps.wait({ name: op.ask, kind: op.kind ?? "gate", token: op.token, info: { op } });
    if ("children" in op)
      return steps.children(
        workflow,
        op.children.map(({ name, ops }) => ({ name, input: { ops } })),
      );
    if ("sibling" in op) return steps.sibling(op.sibling);
    if ("spawn" in op) return spawn(steps, op);
    if ("receive" in op) return receive(steps, op);
    if ("end" in op) return steps.end(op.end).then(() => `ended ${op.end}`);
    if ("emit" in op) return emit(steps, op.emit).then(() => op.emit);
    if ("sleep" in op) return steps.sleep(op.sleep).then(() => "slept");
    throw new Error(op.fail);
  };
  return workflow;
}

async function receive(
  steps: Steps,
  op: { readonly receive: number; readonly until?: number; readonly asks?: string },
): Promise<Json> {
  const { until, asks: name } = op;
  const came: Json[] = [];
  for (let left = op.receive; left > 0; left--) {
    const { at, ...received } = await steps.receive({
      ...(until !== undefined && { until }),
      ...(name !== undefined && {
        waiting: { name, kind: "gate", token: "t", info: { asks: name } },
      }),
    });
    if (!Number.isFinite(at)) throw new Error(`received without a time: ${String(at)}`);
    came.push(plainly(received));
  }
  return came;
}

/** By the child's name or the message's key, or `time`. */
function plainly(received: WithoutTime): Json {
  if (received.kind === "time") return "time";
  if (received.kind === "message") return { [received.key]: received.value };
  const { name, outcome } = received;
  return outcome.ok ? { [name]: outcome.value } : { [name]: `failed: ${outcome.error}` };
}

type WithoutTime = Received extends infer One
  ? One extends { readonly at: number }
    ? Omit<One, "at">
    : never
  : never;

/** "fine", or how long a refused call is asked to wait. */
const verdictOf = (value: Json): Verdict =>
  typeof value === "number" ? { load: "refused", retryAfterMs: value } : { load: "fine" };

const emit = (steps: Steps, key: string) =>
  steps.emit(key, { type: "stage-resumed", stage: key, by: "contract" });
