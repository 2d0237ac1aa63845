/** A batch of collected work lands in a real repository, tested by real commands in clones of what was merged (PX-07, I-35). */
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRedactor } from "../../src/adapters/artifacts/redactor.ts";
import { createLanding } from "../../src/adapters/landing/create-landing.ts";
import { createVerifier } from "../../src/adapters/verifier/create-verifier.ts";
import { createMemoryEngine } from "../../src/testing/memory-engine.ts";
import { createLandBatch } from "../../src/workflows/land-batch.ts";
import type { LandBatchItem, LandBatchOutput } from "../../src/workflows/landing-batch.ts";
import { put, workspaceFixture } from "./workspace-fixture.ts";

const fixture = workspaceFixture();
afterAll(fixture.remove);

/** What a task's agent leaves in its clone, collected. */
async function collected(
  task: string,
  base: string,
  files: Readonly<Record<string, string>>,
): Promise<LandBatchItem> {
  const workspace = await fixture.open({ task, base });
  put(workspace.project, files);
  const { commit } = await fixture.collect(workspace);
  return { task, title: `Task ${task}`, attempt: 1, commit, base, shown: [], verified: [] };
}

test("what passes lands as one commit each, a bad result and a conflict are told, and the user sees only a branch", async () => {
  const { project, git, root } = fixture;
  // It writes where git does not ignore it, as tests do.
  put(project, { "check.sh": "echo ran > report.txt\necho said; ! grep -rn bad src\n" });
  git("add", "-A");
  git("commit", "-q", "-m", "tests");
  const base = git("rev-parse", "HEAD");
  put(project, { "a.txt": "the user's own\n" });
  const landing = createLanding({ project, root });
  const begun = await landing.begin({ runId: "run-1", base, target: null });
  if (!begun.ok) throw begun.error;
  const redactor = createRedactor({ env: {} });
  const ports = {
    landing,
    workspaces: fixture.workspaces(),
    verifier: createVerifier({ env: process.env, makeFilter: () => redactor.stream() }),
    artifacts: {
      async runFolder(_: string, name: string) {
        const folder = path.join(fixture.folder, "runs", name);
        mkdirSync(folder, { recursive: true });
        return folder;
      },
    },
    clock: { now: () => Date.now() },
  };
  const items = [
    await collected("1", base, { "src/one.txt": "1\n" }),
    await collected("2", base, { "src/two.txt": "bad\n" }),
    await collected("3", base, { "src/b.txt": "three\n" }),
    await collected("4", base, { "src/b.txt": "four\n" }),
  ];
  const output = await fixture.untouched(async () => {
    const engine = createMemoryEngine();
    engine.register(createLandBatch(ports));
    const check = { command: "sh check.sh", timeoutMs: 60_000 };
    const input = { batch: 1, head: base, branches: begun.value, items, test: check };
    await engine.start({
      runId: "run-1",
      workflow: "land-batch",
      subject: "",
      input,
      where: "here",
    });
    const record = await engine.settled("run-1");
    if (record.status !== "completed") throw new Error(record.error);
    return record.output as LandBatchOutput;
  });
  expect(output).toMatchObject({
    landed: [{ task: "1" }, { task: "3" }],
    conflicted: [
      { task: "4", sides: [{ path: "src/b.txt", excerpt: expect.stringContaining("four") }] },
    ],
    failed: [
      { task: "2", reason: { kind: "tests-failed", details: expect.arrayContaining(["said"]) } },
    ],
    undecided: [],
  });
  const log = git(
    "log",
    "--format=%s%n%(trailers:key=Wavegate-Task,valueonly)",
    `${base}..wavegate/run-1`,
  );
  expect(log.split("\n").filter(Boolean)).toEqual(["Task 3", "3", "Task 1", "1"]);
  expect(git("rev-parse", "wavegate/run-1")).toBe(output.head);
  // Of tests nothing is kept but what they printed: no clone, no ref.
  const refs = git("for-each-ref", "--format=%(refname)", "refs/wavegate").split("\n");
  expect(refs.filter((ref) => /rescue/.test(ref))).toEqual([]);
  const [state = ""] = readdirSync(root);
  const clones = readdirSync(path.join(root, state, "work"));
  expect(clones.filter((name) => name.startsWith("read-"))).toEqual([]);
});
