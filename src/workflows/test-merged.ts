import { oneLine } from "../core/text.ts";
import type { Verdict } from "../execution/landing-queue.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import type { CheckResult } from "../ports/verifier.ts";
import { aloneInCloneOf } from "./alone-in-clone.ts";
import { goOn } from "./gather-work.ts";
import type { LandingPorts } from "./landing-ports.ts";

export interface TestMerged {
  readonly batch: number;
  /** Of the batch's tests, from 1. */
  readonly number: number;
  readonly commit: string;
  readonly test: { readonly command: string; readonly timeoutMs: number };
}

/** What is journaled of a test of a merged result. */
export type TestReport = {
  readonly verdict: Verdict;
  /** What shows it, as a line. */
  readonly shown: string;
  /** What failed and why, or its last lines. */
  readonly tail: readonly string[];
  readonly durationMs: number;
};

type TestPorts = Pick<LandingPorts, "workspaces" | "verifier" | "artifacts">;

/** Run the tests on a merged result, in a clone of it that nobody has worked in. */
export function testMerged(ports: TestPorts, steps: Steps, asked: TestMerged): Promise<TestReport> {
  const name = `landing/${asked.batch}/test-${asked.number}`;
  const limits = aloneInCloneOf(asked.commit);
  return steps.attempt({ name, limits }, async (context): Promise<TestReport> => {
    const report = await inFreshClone(ports, steps.runId, { ...asked, name }, context);
    goOn(context);
    return report;
  });
}

async function inFreshClone(
  { workspaces, verifier, artifacts }: TestPorts,
  runId: string,
  { batch, number, commit, test, name }: TestMerged & { readonly name: string },
  context: AttemptContext,
): Promise<TestReport> {
  const { signal } = context;
  const task = `landing-${batch}`;
  const request = { runId, task, attempt: number, base: commit, mode: "read" } as const;
  let opened = await workspaces.open(request, signal);
  // Whoever died in the middle of a test left what it wrote.
  if (opened.ok && context.starts > 1) {
    await workspaces.discard(opened.value, "dropped");
    opened = await workspaces.open(request, signal);
  }
  if (!opened.ok) return notRun(opened.error.message);
  const workspace = opened.value;
  try {
    const outputFolder = await artifacts.runFolder(runId, name);
    const onLine = (line: string) =>
      context.progress({ stage: "landing", role: "tests", line: oneLine(line, 200) });
    const { command, timeoutMs } = test;
    const about = { workspace, name: "tests", command, timeoutMs };
    return reportOf(await verifier.run({ ...about, outputFolder, signal, onLine }));
  } finally {
    await workspaces.discard(workspace, "dropped");
  }
}

/** A program that is not there may be the work of a task: then it is there without it. */
function reportOf({ outcome, reason, shown, tail, durationMs }: CheckResult): TestReport {
  const isGone = outcome === "not-run" && reason === "no-program";
  return { verdict: isGone ? "failed" : outcome, shown, tail, durationMs };
}

const notRun = (shown: string): TestReport => ({
  verdict: "not-run",
  shown,
  tail: [],
  durationMs: 0,
});
