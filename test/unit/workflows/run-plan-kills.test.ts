/** A process that dies anywhere: the run goes on in another one, with the same commits, and every task accepted once (PX-10, I-01). */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemoryEngine } from "../../../src/testing/index.ts";
import type { Tree } from "./memory-git.ts";
import { eventsOf, ofType, planWorld, type Deed, type World } from "./plan-world.ts";

const FILE = "docs/plans/core.md";
const PLAN = `# Implementation Plan: Core

## Phase 1: Base

- [ ] 1.1 A
- [ ] 1.2 B
- [ ] 1.3 C (depends on 1.1)

**VERIFY Phase 1**:
- [ ] It reads well

## Phase 2: More

- [ ] 2.1 D
`;

/** Whoever begins again in a clone finds what was done there, and goes on from it. */
function addTo(tree: Tree, word: string): void {
  const words = (tree.get("shared.txt") ?? "").split(" ");
  tree.set("shared.txt", [...new Set([...words, word])].join(" "));
}

/** Two that collide, one that fails once: every way a state goes is gone. */
const DEEDS: Readonly<Record<string, Deed>> = {
  "1.1": (tree) => addTo(tree, "A"),
  "1.2": (tree) => addTo(tree, "B"),
  "2.1": (tree, { prompt }) => {
    // What is told of the attempt before decides, so that who begins again does the same again.
    if (!prompt.includes("This is another attempt")) return { kind: "crashed", message: "no" };
    return void tree.set("d.txt", "D");
  },
};

const worldOf = (): World =>
  planWorld({
    plans: { [FILE]: PLAN },
    files: { "shared.txt": "base" },
    deeds: DEEDS,
    input: { test: "npm test", limits: { workers: 2 } },
  });

/** Kills the process at its n-th call of the world, before or after it: effects and events of the run, its children and landings. */
function killAt(world: World, at: number, after: boolean, kill: () => void): () => number {
  let calls = 0;
  const counted = <T extends object>(port: T, names: readonly (keyof T)[]): void => {
    for (const name of names) {
      const call = port[name];
      if (typeof call !== "function") throw new Error(`${String(name)} is no call`);
      Object.assign(port, {
        [name]: (...args: readonly unknown[]) => {
          calls++;
          if (calls === at && !after) kill();
          const made: unknown = Reflect.apply(call, port, args);
          if (calls === at && after) kill();
          return made;
        },
      });
    }
  };
  const { ports, store } = world;
  counted(ports.workspaces, ["open", "check", "collect", "discard"]);
  counted(world.git.landing, ["begin", "gather", "advance"]);
  counted(ports.artifacts, ["put", "writeRunFile", "runFolder"]);
  counted(ports.ledgers, ["change"]);
  counted(ports.verifier, ["run"]);
  counted(ports.clock, ["now"]);
  counted(store, ["emit", "deliver"]);
  return () => calls;
}

/** Carried out to its end, whoever dies meanwhile. */
async function carriedOut(
  kills: readonly { readonly at: number; readonly after: boolean }[],
  configure: (world: World, deaths: number) => void = () => {},
) {
  const world = worldOf();
  let deaths = 0;
  configure(world, deaths);
  let engine: MemoryEngine = world.open();
  let dead = false;
  let wake: (() => void) | undefined;
  const counters = kills.map(({ at, after }) =>
    killAt(world, at, after, () => {
      engine.crash();
      dead = true;
      wake?.();
    }),
  );
  await engine.start({
    runId: "run-1",
    workflow: "run-plan",
    subject: "plans",
    input: world.input,
    where: "here",
  });
  for (;;) {
    const death = new Promise<"died">((resolve) => {
      wake = () => resolve("died");
      if (dead) resolve("died");
    });
    const settled = engine.settled("run-1").then(
      () => "settled" as const,
      () => "died" as const,
    );
    if ((await Promise.race([settled, death])) === "settled") break;
    dead = false;
    configure(world, ++deaths);
    engine = world.open();
    const claimed = await engine.claim("run-1");
    if (!claimed.ok) break;
  }
  const record = await engine.run("run-1");
  const events = await eventsOf(engine);
  const head = world.git.heads.at(-1) ?? "";
  return { world, record, events, head, calls: counters[0]?.() ?? 0 };
}

type Carried = Awaited<ReturnType<typeof carriedOut>>;

/** What must be the same, whoever died. */
function proven({ world, record, events, head }: Carried) {
  const landed = ofType(events, "task-advanced").filter(({ event }) => event === "landed");
  const accepted = ofType(events, "task-advanced").filter(({ event }) => event === "accepted");
  const attempts = accepted.map(({ task, attempt }) => `${task} ${attempt}`);
  return {
    status: record?.status,
    landed: landed.map(({ task }) => task).toSorted(),
    acceptedTwice: attempts.length - new Set(attempts).size,
    commits: world.git
      .log(head)
      .map((message) => message.split("\n")[0] ?? "")
      .toSorted(),
    // A and B in whichever order
    files: [...world.git.treeAt(head)]
      .filter(([path]) => path !== FILE)
      .map(([path, text]) => `${path}: ${text.split(" ").toSorted().join(" ")}`)
      .toSorted(),
    plan: world.disk.get(FILE),
    twice: ofType(events, "plan-run-finished").length,
  };
}

test("stopped at any point, and at any two: the same commits, every task accepted and landed once", async () => {
  const undisturbed = await carriedOut([{ at: Infinity, after: false }]);
  const expected = proven(undisturbed);
  expect(expected).toMatchObject({
    status: "completed",
    landed: ["1.1", "1.2", "1.3", "2.1"],
    acceptedTwice: 0,
    commits: ["A", "B", "C", "D"],
    plan: PLAN.replaceAll("[ ]", "[x]"),
    twice: 1,
  });
  const { calls } = undisturbed;
  expect(calls).toBeGreaterThan(150);
  const point = fc.record({ at: fc.integer({ min: 1, max: calls }), after: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 2 }), async (kills) => {
      expect(proven(await carriedOut(kills))).toEqual(expected);
    }),
    { numRuns: 20 },
  );
}, 60_000);

/** The first process begins the run, those after it take it over. */
async function goOn(engine: MemoryEngine, { input }: World, process: number): Promise<void> {
  const run = { runId: "run-1", workflow: "run-plan", subject: "plans", input };
  if (process > 0) await engine.claim("run-1");
  else await engine.start({ ...run, where: "here" });
}

test("an agent that outlived its worker is ended before anybody is let into its clone, and where nobody is", async () => {
  const calls: string[] = [];
  let engine: MemoryEngine | undefined;
  let wake: (() => void) | undefined;
  const world = planWorld({
    plans: { [FILE]: "# Implementation Plan: Core\n\n## Phase 1: Base\n\n- [ ] 1.1 A\n" },
    deeds: {
      "1.1": (tree, _, before) => {
        calls.push("agent");
        if (before > 2) return void tree.set("a.txt", "A");
        engine?.crash();
        wake?.();
        return new Promise<void>(() => {});
      },
    },
  });
  const { workspaces } = world.ports;
  const begin = workspaces.begin.bind(workspaces);
  Object.assign(workspaces, {
    begin: (...args: Parameters<typeof begin>) => {
      calls.push("begin");
      return begin(...args);
    },
  });
  Object.assign(world.ports, { endLeftovers: async () => void calls.push("ended") });
  for (let process = 0; process < 4; process++) {
    const died = new Promise<void>((resolve) => {
      wake = resolve;
    });
    engine = world.open();
    await goOn(engine, world, process);
    if (process < 3) await died;
  }
  expect((await engine?.settled("run-1"))?.status).toBe("completed");
  const asked = ["ended", "begin", "agent"];
  // Three deaths in the first attempt, which is then given up; the second is a new one.
  expect(calls).toEqual([...asked, ...asked, ...asked, "ended", ...asked]);
});

test("a worker that dies under its agent again and again makes no silent agent", async () => {
  let engine: MemoryEngine | undefined;
  let wake: (() => void) | undefined;
  const DEATHS = 9;
  const world = planWorld({
    plans: { [FILE]: "# Implementation Plan: Core\n\n## Phase 1: Base\n\n- [ ] 1.1 A\n" },
    input: { attempts: { retries: 3, initialMs: 1, maxMs: 2 } },
    deeds: {
      "1.1": (tree, _, before) => {
        if (before >= DEATHS) return void tree.set("a.txt", "A");
        engine?.crash();
        wake?.();
        return new Promise<void>(() => {});
      },
    },
  });
  for (let process = 0; process <= DEATHS; process++) {
    const died = new Promise<void>((resolve) => {
      wake = resolve;
    });
    engine = world.open();
    await goOn(engine, world, process);
    if (process < DEATHS) await died;
  }
  expect(await engine?.settled("run-1")).toMatchObject({ status: "completed" });
});

test("what a call costs is journaled with it: a configuration that changed since makes no other story of it", async () => {
  for (let at = 30; at < 110; at += 4) {
    const carried = await carriedOut([{ at, after: true }], (world, deaths) => {
      const { ports } = world;
      const costs = ports.costs("coder");
      Object.assign(ports, { costs: () => ({ ...costs, free: deaths === 0 }) });
    });
    expect(carried.record).toMatchObject({ status: "completed", output: { done: 5 } });
    expect(JSON.stringify(carried.events)).not.toContain("where its journal has");
  }
});
