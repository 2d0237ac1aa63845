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

/** So often are they brought in while more of them come. */
const MOST_JOINS = 5;

/**
 * A branch that follows the run may have got commits of others meanwhile. They are merged onto the run's head, tested there as all that lands
 * is, and only then the branch goes on, forward from where they put it; so are those that came while this was done. Where they do not fit or the
 * tests fail with them, it stays theirs.
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
  const { name } = branch;
  const before = input.branches.find((each) => each.name === name)?.lags ?? null;
  // What is put on the run's own branch was asked of nobody, and need not be of a person.
  const isOwn = name === `refs/heads/wavegate/${steps.runId}`;
  let now = branch;
  let theirs: string | undefined;
  let left = branch.lags;
  for (
    let joins = isOwn ? MOST_JOINS : 0;
    now.theirs !== undefined && joins < MOST_JOINS;
    joins++
  ) {
    theirs = now.theirs;
    const why = await whyApart(ports, steps, batch, { name, at: now.at, theirs });
    now = course.branches.find((each) => each.name === name) ?? now;
    left = why ?? now.lags;
    if (why !== null) break;
  }
  if (left !== null) {
    course.branches = course.branches.map((each) =>
      each.name === name ? { ...each, lags: left } : each,
    );
    if (left === before) return;
  } else if (theirs === undefined) return;
  await steps.emit(`landing/${input.batch}/target/${name}`, {
    type: "target-moved",
    branch: name,
    theirs: theirs ?? null,
    head: course.queue.head,
    left,
  });
}

/** Merge, test, advance; null where all of that was done, or is to be done again on a head that is further on; else why the branch is left alone. */
async function whyApart(
  ports: LandingPorts,
  steps: Steps,
  batch: SettledBatch,
  theirs: Theirs,
): Promise<string | null> {
  const { input, course } = batch;
  const moved = `somebody else moved it to ${theirs.theirs.slice(0, 12)}`;
  const number = ++course.gathers;
  const merged = await mergeTheirs(ports, steps, batch, { ...theirs, number });
  if (merged.commit === undefined) return `${moved}, and ${merged.why}`;
  const to = merged.commit;
  const { test } = input;
  if (test) {
    const tried = { batch: input.batch, number: ++course.tests, commit: to, test };
    const { verdict, shown } = await testMerged(ports, steps, tried);
    if (verdict !== "passed")
      return `${moved}, and with both together the tests ${verdict === "failed" ? "fail" : "can't be run"}: ${oneLine(shown, 200)}`;
  }
  const from = course.queue.head;
  const branches = course.branches.map((each) =>
    each.name === theirs.name ? { name: each.name, at: theirs.theirs, lags: null } : each,
  );
  const result = await steps.attempt(
    { name: `landing/${input.batch}/advance-${number}` },
    async (context) => {
      goOn(context);
      return ports.landing.advance({ runId: steps.runId, from, to, branches });
    },
  );
  if (!result.ok && result.error.at === undefined) return `${moved}, and ${result.error.message}`;
  if (result.ok) course.branches = result.value;
  const head = result.ok ? to : (result.error.at ?? from);
  course.queue = { ...course.queue, head };
  return null;
}

/** What others put on a branch, and where the run put it before. */
interface Theirs extends Pick<LandingBranch, "name" | "at"> {
  readonly theirs: string;
}

/** The head with it, with its history; or why not, as the end of a sentence. */
function mergeTheirs(
  { landing }: LandingPorts,
  steps: Steps,
  { input, startedAt, course }: SettledBatch,
  { name, at, theirs, number }: Theirs & { readonly number: number },
) {
  const { runId } = steps;
  const message = `Merge ${name.replace(/^refs\/heads\//, "")}, which moved meanwhile\n\nWavegate-Run: ${runId}\n`;
  const item = { task: name, work: theirs, base: at, message, joins: true };
  const request = { runId, head: course.queue.head, items: [item], at: seconds(startedAt) };
  return steps.attempt({ name: `landing/${input.batch}/join-${number}` }, async (context) => {
    const result = await landing.gather(request, context.signal);
    goOn(context);
    if (!result.ok) return { why: result.error.message };
    const [outcome] = result.value.outcomes;
    if (outcome?.kind !== "conflict") return { commit: result.value.head };
    const paths = oneLine(outcome.paths.join(", "), 200);
    return { why: `what is on it does not fit what landed: ${paths}` };
  });
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
