import type { CheckResult } from "../../../src/ports/verifier.ts";
import { ok } from "../../../src/core/result.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryLanding } from "../../../src/testing/memory-landing.ts";
import {
  createMemoryRepository,
  type MemoryRepository,
} from "../../../src/testing/memory-repository.ts";
import { createLandBatch } from "../../../src/workflows/land-batch.ts";
import type { LandBatch, LandBatchOutput } from "../../../src/workflows/landing-batch.ts";
import type { LandingPorts } from "../../../src/workflows/landing-ports.ts";

export const TEST = { command: "npm test", timeoutMs: 60_000 };

/** What a test of a merged result gives, by what is in it and how often that commit was tested before. */
export type Tests = (files: ReadonlyMap<string, string>, time: number) => Partial<CheckResult>;

/** Batches that land in a repository in memory, over an engine in memory. */
export function landingFixture(tests: Tests = () => ({})) {
  const repository: MemoryRepository = createMemoryRepository();
  const store = createMemoryStore();
  const tested: string[] = [];
  const open = new Set<string>();
  let clock = 1_700_000_000_000;
  const landing = createMemoryLanding(repository);
  const ports: LandingPorts = {
    landing,
    clock: { now: () => (clock += 1_000) },
    artifacts: { runFolder: async (runId, folder) => `/runs/${runId}/${folder}` },
    workspaces: {
      async open(request) {
        const id = `${request.task}-${request.attempt}`;
        open.add(id);
        const folder = `/work/${id}`;
        const about = { id, folder, project: folder, objects: "/objects" };
        return ok({ ...request, ...about, ports: [], env: {}, readable: [] });
      },
      async discard({ id }) {
        open.delete(id);
        return { kind: "discarded", rescue: null };
      },
    },
    verifier: {
      async run({ workspace }) {
        const { base } = workspace;
        const time = tested.filter((each) => each === base).length;
        tested.push(base);
        const result = tests(repository.files(base), time);
        return {
          outcome: "passed",
          exit: 0,
          durationMs: 5,
          shown: "exit code 0",
          tail: [],
          log: null,
          ...result,
        };
      },
    },
  };
  const base = repository.commit(undefined, { "a.txt": "a", "b.txt": "b" });
  const fixture = {
    repository,
    landing,
    ports,
    base,
    store,
    /** Commits in the order in which they were tested. */
    tested,
    /** Workspaces that nobody gave back. */
    open,
    engine(more: Partial<LandingPorts> = {}) {
      const engine = createMemoryEngine({ store });
      engine.register(createLandBatch({ ...ports, ...more }));
      return engine;
    },
    item(task: string, files: Readonly<Record<string, string | null>>) {
      const commit = repository.commit(base, files);
      const title = `Task ${task}`;
      return {
        task,
        title,
        attempt: 1,
        commit,
        base,
        shown: [],
        verified: [`${task}: exit code 0`],
      };
    },
    async batch(items: LandBatch["items"], more: Partial<LandBatch> = {}): Promise<LandBatch> {
      const begun = await landing.begin({ runId: "run-1", base, target: null });
      if (!begun.ok) throw begun.error;
      return { batch: 1, head: base, branches: begun.value, items, test: TEST, ...more };
    },
    async land(input: LandBatch, more: Partial<LandingPorts> = {}): Promise<LandBatchOutput> {
      const engine = fixture.engine(more);
      const start = { runId: "run-1", workflow: "land-batch", subject: "", input };
      await engine.start({ ...start, where: "here" });
      const record = await engine.settled("run-1");
      if (record.status !== "completed") throw new Error(record.error ?? record.status);
      return record.output as LandBatchOutput;
    },
  };
  return fixture;
}
