import { WavegateError } from "../../core/error.ts";
import type { SessionEvent } from "../../core/session-event.ts";
import {
  takeCheckpoint,
  type Checkpoint,
  type CheckpointCause,
} from "../../execution/checkpoints/checkpoint.ts";
import { checkpointText } from "../../execution/checkpoints/checkpoint-text.ts";
import { judgeWave } from "../../execution/gates/judge-wave.ts";
import type { WaveGate } from "../../execution/gates/wave-gates.ts";
import type { CheckFact } from "../../execution/judge-result.ts";
import type { RunState } from "../../execution/run-state.ts";
import {
  coordinateRun,
  gateJudged,
  type CoordinationRules,
  type CoordinationState,
  type SeenNow,
} from "../../execution/sessions/coordinate-run.ts";
import { sessionFiles, type StateFile } from "../../execution/sessions/session-files.ts";
import type { Artifacts, ProjectFiles } from "../../ports/artifacts.ts";
import type { Steps } from "../../ports/engine.ts";
import type { Landing } from "../../ports/landing.ts";
import type { Notices } from "../../ports/notices.ts";
import type { StopReason } from "../../stage/records.ts";
import { Stopped, stoppableSteps } from "../stoppable-steps.ts";

/** What of the world is reached between tasks. */
export interface BetweenPorts {
  readonly artifacts: Pick<Artifacts, "put" | "writeRunFile">;
  readonly files: ProjectFiles;
  readonly landing: Pick<Landing, "keepPoint">;
  readonly notices: Notices;
}

/** What lies between the tasks of a run while it goes on: all of it follows from what is journaled. */
export interface Between {
  readonly ports: BetweenPorts;
  readonly steps: Steps;
  /** For the folder of its state. */
  readonly project: string;
  /** Folder of the project where that state is written as well; null: nowhere. */
  readonly stateFolder: string | null;
  rules: CoordinationRules;
  state: CoordinationState;
  /** As it was seen last. */
  run: RunState;
  /** When it was looked last, in milliseconds since 1970. */
  now: number;
  /** How often something was done: keeps names apart. */
  count: number;
  /** Checkpoints that are due, in order: what only a person can mend leaves them for a later look. */
  readonly unkept: DueCheckpoint[];
}

/** As everything stood when it became due. */
interface DueCheckpoint extends Pick<SeenBetween, "head" | "base"> {
  readonly taken: Checkpoint;
}

export interface SeenBetween extends SeenNow {
  /** The run's head, and the one that it was begun on. */
  readonly head: string;
  readonly base: string;
  /** The project's tests on that head; undefined where none are known. */
  readonly tests: Pick<CheckFact, "outcome" | "shown"> | undefined;
}

export interface LookedBetween {
  /** Keys of gates that are passed now. */
  readonly released: readonly string[];
  /** When to look again, though nothing happens: whatever is, and while work goes on. Milliseconds since 1970. */
  readonly wakeAt?: number;
  readonly lookAt?: number;
  /** Why a checkpoint could not be kept, as far as only a person can mend it. */
  readonly stop?: StopReason;
}

/**
 * Look at what some news mean for what lies between tasks, and do what is due: tell it, judge gates, take checkpoints, keep points to go back
 * to, write the state of sessions.
 */
export async function lookBetween(between: Between, seen: SeenBetween): Promise<LookedBetween> {
  const { steps } = between;
  between.now = seen.now;
  const before = { state: between.state, run: between.run };
  const looked = coordinateRun(between.rules, between.state, seen);
  between.state = looked.state;
  between.run = seen.run;
  for (const event of looked.events) await emit(between, event);
  const after = { state: looked.state, run: seen.run };
  const { work, sessions } = between.rules;
  const { project } = between;
  const files = sessionFiles({
    runId: steps.runId,
    project,
    work,
    sessions,
    before,
    after,
    events: looked.events,
    at: seen.now,
  });
  if (files.length > 0)
    await steps.attempt({ name: nextName(between, "state") }, () => writeState(between, files));
  const released: string[] = [];
  for (const gate of looked.gates) if (await passes(between, gate, seen)) released.push(gate.key);
  const first = looked.state.checkpoints - looked.due.length + 1;
  for (const [index, why] of looked.due.entries())
    between.unkept.push(dueCheckpoint(between, seen, why, first + index));
  const stop = await keepDue(between);
  const { wakeAt, lookAt } = looked;
  return {
    released,
    ...(stop && { stop }),
    ...(wakeAt !== undefined && { wakeAt }),
    ...(lookAt !== undefined && { lookAt }),
  };
}

/**
 * For tools that read it there; where somebody else writes at the same moment, theirs stays until the next change. The run itself reads none of
 * it: a disk that does not take it costs only that.
 */
async function writeState(
  { ports: { artifacts, files }, steps, stateFolder }: Between,
  state: readonly StateFile[],
): Promise<null> {
  try {
    for (const { path, text } of state) await artifacts.writeRunFile(steps.runId, path, text);
    if (stateFolder === null) return null;
    for (const { path, text } of state) {
      const file = `${stateFolder.replace(/\/+$/, "")}/${path.replace(/^state\//, "")}`;
      const known = await files.read(file);
      await files.write(file, text, known?.digest);
    }
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
  }
  return null;
}

/** Whether a person's word lets a gate be passed; what is proven not to hold does not give way to it. */
export async function approveGate(
  between: Between,
  key: string,
  seen: Pick<SeenBetween, "run" | "tests"> & { readonly by: string },
): Promise<{ readonly passed: boolean; readonly known: boolean }> {
  const gate = between.rules.gates.find((each) => each.key === key);
  if (!gate) return { passed: true, known: false };
  return { passed: await passes(between, gate, seen), known: true };
}

async function passes(
  between: Between,
  gate: WaveGate,
  { run, tests, by }: Pick<SeenBetween, "run" | "tests"> & { readonly by?: string },
): Promise<boolean> {
  const judged = judgeWave(gate, {
    state: run,
    tests,
    ...(by !== undefined && { approvedBy: by }),
  });
  await emit(between, judged);
  if (judged.outcome === "passed") return true;
  const unmet = judged.criteria.filter(({ outcome }) => outcome === "unmet");
  const why = unmet.map(({ text, shown }) => `${text}: ${shown}`).join("; ");
  between.state = gateJudged(between.state, gate, judged.outcome === "failed" ? why : null);
  return false;
}

/** Keep what is due, in order, up to what only a person can mend. */
async function keepDue(between: Between): Promise<StopReason | undefined> {
  const { unkept } = between;
  try {
    for (let [due] = unkept; due; [due] = unkept) {
      await keep(between, due);
      unkept.shift();
    }
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return error.reason;
    throw error;
  }
}

function dueCheckpoint(
  { rules: { work, sessions }, state: { notes } }: Between,
  { run, now, head, base }: SeenBetween,
  why: CheckpointCause,
  number: number,
): DueCheckpoint {
  const taken = takeCheckpoint({ number, at: now, why, work, state: run, sessions, notes });
  return { taken, head, base };
}

/** The document, and the commit that everything had landed on by then. */
async function keep(between: Between, { taken, head, base }: DueCheckpoint): Promise<void> {
  const { ports } = between;
  const steps = stoppableSteps(between.steps);
  const { id, title, done, of, issues, deviations } = taken;
  const { runId } = steps;
  const kept = await steps.attempt({ name: nextName(between, "checkpoint") }, async () => {
    const point =
      head === base ? undefined : await ports.landing.keepPoint({ runId, name: id, commit: head });
    const rollback = point?.ok === true ? { ref: point.value.ref, commit: head } : null;
    const checkpoint = { ...taken, ...(rollback && { rollback }) };
    const text = checkpointText(checkpoint);
    const { digest } = await ports.artifacts.put(`${id}.md`, text);
    await ports.artifacts.writeRunFile(runId, `checkpoints/${id}.md`, text);
    const plain = JSON.stringify(checkpoint, null, 2);
    await ports.artifacts.writeRunFile(runId, `checkpoints/${id}.json`, `${plain}\n`);
    return { digest, rollback };
  });
  await emit(between, {
    type: "checkpoint-taken",
    checkpoint: id,
    title,
    done,
    of,
    issues: issues.length,
    deviations: deviations.length,
    digest: kept.digest,
    ...(kept.rollback && { rollback: kept.rollback }),
  });
}

const nextName = (between: Between, what: string): string => `between/${what}/${++between.count}`;

async function emit(between: Between, event: SessionEvent): Promise<void> {
  const { steps, ports } = between;
  await steps.emit(nextName(between, event.type), event);
  const about = noticed(event);
  if (about === undefined) return;
  const name = nextName(between, "notice");
  const { runId } = steps;
  const told = await steps.attempt({ name }, async ({ signal }) => {
    const at = new Date(between.now).toISOString();
    return { ...(await ports.notices.tell({ id: `${runId}/${name}`, runId, at, event }, signal)) };
  });
  if (told.outcome === "off") return;
  await steps.emit(nextName(between, "notice-sent"), {
    type: "notice-sent",
    of: event.type,
    about,
    to: told.to,
    outcome: told.outcome,
    ...(told.outcome === "failed" && { reason: told.reason }),
  });
}

/** What programs outside are told of, by what it is about: all that asks somebody to do something, and that it is over. */
function noticed(event: SessionEvent): string | undefined {
  switch (event.type) {
    case "escalation-raised":
    case "escalation-settled":
      return event.about;
    case "risk-raised":
    case "risk-settled":
      return event.risk;
    case "wave-judged":
      return event.outcome === "passed" ? undefined : event.gate;
    case "checkpoint-taken":
      return event.checkpoint;
    case "session-advanced":
    case "message-sent":
    case "notice-sent":
      return undefined;
  }
}
