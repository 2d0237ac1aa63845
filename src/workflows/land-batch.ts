import { oneLine } from "../core/text.ts";
import {
  advanced,
  gathered,
  headFound,
  openQueue,
  tested,
  type LandingStep,
} from "../execution/landing-queue.ts";
import type { FailureReason } from "../execution/task-state.ts";
import type { Steps, Workflow } from "../ports/engine.ts";
import type { LandingFailure } from "../ports/landing.ts";
import { gatherWork, goOn } from "./gather-work.ts";
import type { LandBatch, LandBatchOutput } from "./landing-batch.ts";
import type { Course } from "./landing-course.ts";
import { joinTargets } from "./join-target.ts";
import { batchOutput } from "./landing-output.ts";
import type { LandingPorts } from "./landing-ports.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";
import { testMerged } from "./test-merged.ts";

export type LandBatchWorkflow = Workflow<LandBatch, LandBatchOutput>;

/** Land a batch of accepted results on the run's head (PX-07): merged in order, tested together, halved where that fails. */
export function createLandBatch(ports: LandingPorts): LandBatchWorkflow {
  return {
    name: "land-batch",
    async run(input, steps) {
      const { batch, items } = input;
      const tasks = items.map(({ task }) => task);
      const startedAt = await timeOf(ports, steps, `landing/${batch}/started`);
      await steps.emit(`landing/${batch}/started`, { type: "landing-started", batch, tasks });
      const course: Course = {
        queue: openQueue(input.head, tasks, {
          tests: input.test !== null,
          lenient: input.lenient === true,
        }),
        branches: input.branches,
        trouble: new Map(),
        reports: new Map(),
        gathers: 0,
        tests: 0,
        found: 0,
      };
      const stopped = await followCourse(ports, stoppableSteps(steps), {
        input,
        startedAt,
        course,
      });
      const settled = { input, startedAt, course };
      if (!stopped) await orLeft(() => joinTargets(ports, stoppableSteps(steps), settled));
      const endedAt = await timeOf(ports, steps, `landing/${batch}/ended`);
      const output = batchOutput(input, course, { stopped, durationMs: endedAt - startedAt });
      await tellEnd(steps, batch, output);
      return output;
    },
  };
}

const timeOf = (ports: LandingPorts, steps: Steps, name: string): Promise<number> =>
  steps.attempt({ name }, async () => ports.clock.now());

/** All of the batch is settled: what is wrong now is met by the next one again, and thrown on it would take along where the head is. */
async function orLeft(effect: () => Promise<void>): Promise<void> {
  try {
    await effect();
  } catch {
    // the branches stay where they are
  }
}

interface Batch {
  readonly input: LandBatch;
  readonly startedAt: number;
  readonly course: Course;
}

/** To its end, or to what stopped it. */
async function followCourse(
  ports: LandingPorts,
  steps: Steps,
  batch: Batch,
): Promise<FailureReason | undefined> {
  try {
    for (;;) {
      const { step } = batch.course.queue;
      if (step.kind === "end") return undefined;
      const failure = await take(ports, steps, batch, step);
      if (failure) return { ...failure, details: [] };
    }
  } catch (error) {
    if (error instanceof Stopped) {
      const { code, message, hint } = error.reason;
      return { kind: code, message: oneLine(message, 300), details: [hint] };
    }
    // Thrown on, it would take along where the head is by now.
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "landing-failed", message: oneLine(message, 300), details: [] };
  }
}

/** So often is what was to land put on a head that turned out to be further on. */
const MOST_FOUND = 8;

/** One step, with its answer given to the queue. */
async function take(
  ports: LandingPorts,
  steps: Steps,
  batch: Batch,
  step: Exclude<LandingStep, { readonly kind: "end" }>,
): Promise<LandingFailure | undefined> {
  const { course } = batch;
  if (step.kind === "gather") return putTogether(ports, steps, batch, step.tasks);
  if (step.kind === "advance") return moveHead(ports, steps, batch, step);
  const { test } = batch.input;
  if (!test) throw new Error("nothing is tested without a command");
  const commit = step.kind === "check-head" ? course.queue.head : step.try.commit;
  const number = ++course.tests;
  const report = await testMerged(ports, steps, { batch: batch.input.batch, number, commit, test });
  course.reports.set(commit, report);
  course.queue = tested(course.queue, report.verdict);
  return undefined;
}

async function putTogether(
  ports: LandingPorts,
  steps: Steps,
  { input, startedAt, course }: Batch,
  tasks: readonly string[],
): Promise<LandingFailure | undefined> {
  const name = `landing/${input.batch}/gather-${++course.gathers}`;
  const wanted = new Set(tasks);
  const items = input.items.filter(({ task }) => wanted.has(task));
  const { head } = course.queue;
  const result = await gatherWork(ports, steps, { name, head, items, startedAt });
  if (!result.ok) return result.error;
  for (const each of result.value.trouble) course.trouble.set(each.task, each);
  course.queue = gathered(course.queue, result.value.head, result.value.outcomes);
  return undefined;
}

async function moveHead(
  { landing }: LandingPorts,
  steps: Steps,
  { input, course }: Batch,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<LandingFailure | undefined> {
  const { branches } = course;
  const name = `landing/${input.batch}/advance-${course.gathers}`;
  const result = await steps.attempt({ name }, async (context) => {
    goOn(context);
    return landing.advance({ runId: steps.runId, from, to, branches });
  });
  if (result.ok) {
    course.branches = result.value;
    course.queue = advanced(course.queue);
    return undefined;
  }
  const { at, ...failure } = result.error;
  if (at === undefined || ++course.found > MOST_FOUND) return failure;
  course.queue = headFound(course.queue, at);
  return undefined;
}

const tellEnd = (steps: Steps, batch: number, output: LandBatchOutput): Promise<void> =>
  steps.emit(`landing/${batch}/finished`, {
    type: "landing-finished",
    batch,
    head: output.head,
    landed: output.landed,
    conflicted: output.conflicted.map(({ task, question }) => ({ task, paths: question.paths })),
    failed: output.failed,
    durationMs: output.durationMs,
  });
