import { oneLine } from "../core/text.ts";
import type { Steps } from "../ports/engine.ts";
import type { LandingBranch } from "../ports/landing.ts";
import { goOn } from "./gather-work.ts";
import type { LandBatch } from "./landing-batch.ts";
import type { Course } from "./landing-course.ts";
import type { LandingPorts } from "./landing-ports.ts";
import { testMerged } from "./test-merged.ts";

/** Where a batch is when all of its tasks are settled. */
export interface SettledBatch {
  readonly input: LandBatch;
  readonly startedAt: number;
  readonly course: Course;
}

/**
 * A branch that follows the run may have got commits of others meanwhile. They are merged onto the run's head, tested there as all that lands
 * is, and only then the branch goes on, forward from where they put it. Where they do not fit or the tests fail with them, it stays theirs.
 */
export async function joinTargets(
  ports: LandingPorts,
  steps: Steps,
  batch: SettledBatch,
): Promise<void> {
  for (const branch of batch.course.branches) await joinTarget(ports, steps, batch, branch);
}

async function joinTarget(
  ports: LandingPorts,
  steps: Steps,
  batch: SettledBatch,
  branch: LandingBranch,
): Promise<void> {
  const { input, course } = batch;
  const before = input.branches.find(({ name }) => name === branch.name)?.lags ?? null;
  // What is put on the run's own branch was asked of nobody, and need not be of a person.
  const theirs = branch.name === `refs/heads/wavegate/${steps.runId}` ? undefined : branch.theirs;
  const left =
    theirs === undefined ? branch.lags : await whyApart(ports, steps, batch, { ...branch, theirs });
  if (left !== null) {
    course.branches = course.branches.map((each) =>
      each.name === branch.name ? { ...each, lags: left } : each,
    );
    if (left === before) return;
  } else if (theirs === undefined) return;
  await steps.emit(`landing/${input.batch}/target/${branch.name}`, {
    type: "target-moved",
    branch: branch.name,
    theirs: theirs ?? null,
    head: course.queue.head,
    left,
  });
}

/** Merge, test, advance; null where all of that could be done, else why the branch is left alone. */
async function whyApart(
  ports: LandingPorts,
  steps: Steps,
  { input, startedAt, course }: SettledBatch,
  { name, at, theirs }: Pick<LandingBranch, "name" | "at"> & { readonly theirs: string },
): Promise<string | null> {
  const from = course.queue.head;
  const moved = `somebody else moved it to ${theirs.slice(0, 12)}`;
  const number = ++course.gathers;
  const merged = await steps.attempt(
    { name: `landing/${input.batch}/join-${number}` },
    async (context) => {
      const message = `Merge ${name.replace(/^refs\/heads\//, "")}, which moved meanwhile\n\nWavegate-Run: ${steps.runId}\n`;
      const item = { task: name, work: theirs, base: at, message, joins: true };
      const request = { runId: steps.runId, head: from, items: [item], at: seconds(startedAt) };
      const result = await ports.landing.gather(request, context.signal);
      goOn(context);
      if (!result.ok) return { why: result.error.message };
      const [outcome] = result.value.outcomes;
      return outcome?.kind === "conflict"
        ? {
            why: `what is on it does not fit what landed: ${oneLine(outcome.paths.join(", "), 200)}`,
          }
        : { commit: result.value.head };
    },
  );
  if (merged.commit === undefined) return `${moved}, and ${merged.why}`;
  const to = merged.commit;
  const { test } = input;
  if (test) {
    const tried = { batch: input.batch, number: ++course.tests, commit: to, test };
    const { verdict, shown } = await testMerged(ports, steps, tried);
    if (verdict !== "passed")
      return `${moved}, and with both together the tests ${verdict === "failed" ? "fail" : "can't be run"}: ${oneLine(shown, 200)}`;
  }
  const branches = course.branches.map((each) =>
    each.name === name ? { name, at: theirs, lags: null } : each,
  );
  const result = await steps.attempt(
    { name: `landing/${input.batch}/advance-${number}` },
    async (context) => {
      goOn(context);
      return ports.landing.advance({ runId: steps.runId, from, to, branches });
    },
  );
  if (!result.ok) return `${moved}, and ${result.error.message}`;
  course.branches = result.value;
  course.queue = { ...course.queue, head: to };
  return result.value.find((each) => each.name === name)?.lags ?? null;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
