/** Heads and branches that move while a batch lands: it ends on what is there then, whichever machine it goes on on. */
import { expect, test } from "vitest";
import type { CommitStore } from "../../../src/ports/commit-store.ts";
import type { Landing } from "../../../src/ports/landing.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryLanding } from "../../../src/testing/memory-landing.ts";
import { createMemoryRepository } from "../../../src/testing/memory-repository.ts";
import { createMemorySharedStore } from "../../../src/testing/memory-shared-store.ts";
import { landingAcross } from "../../../src/workflows/across-machines.ts";
import { createLandBatch } from "../../../src/workflows/land-batch.ts";
import type { LandBatch, LandBatchOutput } from "../../../src/workflows/landing-batch.ts";
import type { LandingPorts } from "../../../src/workflows/landing-ports.ts";
import { landingFixture } from "./landing-fixture.ts";

const HEAD = "refs/wavegate/landing/run-1/head";
const OWN = "refs/heads/wavegate/run-1";
const MAIN = "refs/heads/main";

type Fixture = ReturnType<typeof landingFixture>;

/** A batch of the run, with what was said of it; batches of one run come one after the other. */
async function land({ ports }: Fixture, input: LandBatch, more: Partial<LandingPorts> = {}) {
  const engine = createMemoryEngine({ store: createMemoryStore() });
  engine.register(createLandBatch({ ...ports, ...more }));
  const start = { runId: "run-1", workflow: "land-batch", subject: "", input };
  await engine.start({ ...start, where: "here" });
  const { output, error } = await engine.settled("run-1");
  if (!output) throw new Error(error);
  const moved = [];
  for await (const { event } of engine.events("run-1", 0))
    if (event.type === "target-moved") moved.push(event);
  return { ...(output as LandBatchOutput), moved };
}

const next = (input: LandBatch, { head, branches }: LandBatchOutput): LandBatch => ({
  ...input,
  batch: input.batch + 1,
  head,
  branches,
});

/** A landing where something else happens before each gathering and each move of the head. */
function disturbed(landing: Landing, happens: () => void): Landing {
  return {
    ...landing,
    gather: (...given) => {
      happens();
      return landing.gather(...given);
    },
    advance: (...given) => {
      happens();
      return landing.advance(...given);
    },
  };
}

/** Puts a commit on a ref, with a file of its own, as often as it may. */
function pushing({ repository }: Fixture, ref: string, times = Infinity) {
  const pushed: string[] = [];
  return {
    pushed,
    push: () => {
      if (pushed.length >= times) return;
      const name = `theirs-${pushed.length + 1}.txt`;
      repository.refs.set(ref, repository.commit(repository.refs.get(ref), { [name]: "x" }));
      pushed.push(name);
    },
  };
}

const filesOf = ({ repository }: Fixture, commit: string) => [...repository.files(commit).keys()];

test("a head that was moved by a step that nobody heard of is gone on from, with the branches", async () => {
  const fixture = landingFixture();
  const { repository, landing } = fixture;
  const input = await fixture.batch([fixture.item("1", { x: "1" })]);
  const lost: Landing = {
    ...landing,
    advance: async (request) => {
      await landing.advance({ ...request, branches: [] });
      throw new Error("the store is away");
    },
  };
  const failed = await land(fixture, input, { landing: lost });
  expect(failed).toMatchObject({ head: fixture.base, undecided: [{ task: "1" }] });
  const head = repository.refs.get(HEAD);
  expect(head).not.toBe(fixture.base);

  const items = [...input.items, fixture.item("2", { y: "2" })];
  const output = await land(fixture, { ...next(input, failed), items });
  expect(output.landed).toMatchObject([{ task: "1", commit: head }, { task: "2" }]);
  expect(output.undecided).toEqual([]);
  expect([repository.refs.get(HEAD), repository.refs.get(OWN)]).toEqual([output.head, output.head]);
});

test("a head that moves on before each step is met where it is; where it never stands still nothing is lost, and the next batch lands", async () => {
  const fixture = landingFixture();
  const { repository, landing } = fixture;
  const input = await fixture.batch([fixture.item("1", { x: "1" }), fixture.item("2", { y: "2" })]);
  const some = pushing(fixture, HEAD, 4);
  const output = await land(fixture, input, {
    landing: disturbed(landing, some.push),
  });
  expect(output.landed.map(({ task }) => task)).toEqual(["1", "2"]);
  expect(some.pushed).toHaveLength(4);
  expect(filesOf(fixture, output.head)).toEqual(expect.arrayContaining([...some.pushed, "x", "y"]));
  expect(repository.refs.get(OWN)).toBe(output.head);
  // What landed was tested together with what it was put on.
  expect(fixture.tested).toContain(output.head);

  const more = { ...next(input, output), items: [fixture.item("3", { z: "3" })] };
  const endless = pushing(fixture, HEAD);
  const held = await land(fixture, more, { landing: disturbed(landing, endless.push) });
  expect(held).toMatchObject({
    landed: [],
    undecided: [{ task: "3", reason: { kind: "head-moved" } }],
  });
  const after = await land(fixture, next(more, held));
  expect(after.landed.map(({ task }) => task)).toEqual(["3"]);
  expect(filesOf(fixture, after.head)).toEqual(expect.arrayContaining(["x", "y", "z"]));
});

async function followed(fixture: Fixture): Promise<LandBatch> {
  const { base, landing } = fixture;
  const begun = await landing.begin({ runId: "run-1", base, target: "main" });
  if (!begun.ok) throw begun.error;
  return fixture.batch([fixture.item("1", { x: "1" })], { branches: begun.value });
}

test("a target that others move before each step has all of theirs in the end, tested; one that never stands still is told, and catches up later", async () => {
  const fixture = landingFixture();
  const { repository, landing } = fixture;
  const input = await followed(fixture);
  const some = pushing(fixture, MAIN, 5);
  const output = await land(fixture, input, {
    landing: disturbed(landing, some.push),
  });
  expect(some.pushed).toHaveLength(5);
  expect(filesOf(fixture, output.head)).toEqual(expect.arrayContaining([...some.pushed, "x"]));
  expect([repository.refs.get(MAIN), fixture.tested.at(-1)]).toEqual([output.head, output.head]);
  expect(output.moved).toMatchObject([{ left: null, head: output.head }]);
  expect(output.branches.map(({ lags }) => lags)).toEqual([null, null]);

  const more = { ...next(input, output), items: [fixture.item("2", { y: "2" })] };
  const endless = pushing(fixture, MAIN);
  const behind = await land(fixture, more, { landing: disturbed(landing, endless.push) });
  expect(behind.landed.map(({ task }) => task)).toEqual(["2"]);
  expect(behind.moved).toMatchObject([{ left: expect.stringContaining("somebody else moved it") }]);
  const last = { ...next(more, behind), items: [fixture.item("3", { z: "3" })] };
  const after = await land(fixture, last);
  expect(repository.refs.get(MAIN)).toBe(after.head);
  expect(filesOf(fixture, after.head)).toEqual(
    expect.arrayContaining([...endless.pushed, "x", "y", "z"]),
  );
});

test("two machines in turn, one of which lost a step: each ends where the run is, and brings over what the run says", async () => {
  const fixture = landingFixture();
  const repositories = [fixture.repository, createMemoryRepository(fixture.repository)] as const;
  repositories[1].refs.set(MAIN, fixture.base);
  const store = createMemorySharedStore();
  // Objects of both are the same here; which are kept is the commit store's own matter.
  const commits: CommitStore = {
    get: async () => {},
    put: async () => {},
  };
  const [a, b] = repositories.map((repository) =>
    landingAcross(createMemoryLanding(repository), { commits, store: async () => store }),
  ) as [Landing, Landing];
  fixture.repository.refs.set(MAIN, fixture.base);
  const input = await fixture.batch([fixture.item("1", { x: "1" })]);
  const lost: Landing = {
    ...a,
    advance: async (request) => {
      await a.advance(request);
      throw new Error("the store is away");
    },
  };
  const failed = await land(fixture, input, { landing: lost });
  expect(failed.landed).toEqual([]);
  const apart = fixture.repository.refs.get(HEAD);

  const again = await land(fixture, next(input, failed), { landing: b });
  expect(again.landed).toMatchObject([{ task: "1" }]);
  expect(again.head).not.toBe(apart);
  const early = await a.landOnto({ runId: "run-1", head: again.head, onto: "main" });
  expect(early).toMatchObject({ ok: true, value: { to: again.head } });

  const more = { ...next(next(input, failed), again), items: [fixture.item("2", { y: "2" })] };
  const output = await land(fixture, more, { landing: a });
  expect(output.landed).toMatchObject([{ task: "2" }]);
  for (const ref of [HEAD, OWN]) expect(fixture.repository.refs.get(ref)).toBe(output.head);
  const kept = [...fixture.repository.refs].filter(([name]) => name.includes("/rescue/"));
  expect(kept.map(([, commit]) => commit)).toEqual([apart]);
  const brought = await b.landOnto({ runId: "run-1", head: output.head, onto: "main" });
  expect(brought).toMatchObject({ ok: true, value: { to: output.head } });
});
