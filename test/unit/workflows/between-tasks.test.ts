/** What lies between the tasks of a run: told once, written in S3's layout, and the same after a kill at any point. */
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
import { executable } from "../../../src/execution/executable.ts";
import { syncsOf, waveGates } from "../../../src/execution/gates/wave-gates.ts";
import type { GateMode } from "../../../src/execution/gates/wave-gates.ts";
import { NOTHING_DONE } from "../../../src/execution/run-state.ts";
import { notCoordinated } from "../../../src/execution/sessions/coordinate-run.ts";
import { planSessions } from "../../../src/execution/sessions/plan-sessions.ts";
import type { TaskEvent } from "../../../src/execution/task-event.ts";
import { addSyncPoints } from "../../../src/plan/graph/add-sync-points.ts";
import { ok } from "../../../src/core/result.ts";
import type { Notice } from "../../../src/ports/notices.ts";
import type { Workflow } from "../../../src/ports/engine.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import {
  approveGate,
  lookBetween,
  type Between,
} from "../../../src/workflows/plan-run/between-tasks.ts";
import {
  coordination,
  DONE,
  THREE,
  told,
  work,
} from "../execution/coordination/any-coordination.ts";
import { graphOf, RULES } from "../execution/any-run.ts";

const START = Date.UTC(2026, 0, 2, 9);
const BASE = "b".repeat(40);
const CHECKED: readonly TaskEvent[] = [
  { kind: "started" },
  { kind: "worked", result: "r" },
  { kind: "completed", evidence: work() },
];
/** What happens, minute by minute. */
const STORY: readonly (readonly [string, readonly TaskEvent[]])[] = [
  ["1.1", DONE],
  ["1.2", DONE],
  ["VERIFY 1", CHECKED],
];

/** The disk and the repository, and how often each was written. */
function world() {
  const files = new Map<string, string>();
  /** What was written into the user's tree. */
  const inTree = new Map<string, string>();
  const refs = new Map<string, string>();
  const notices: Notice[] = [];
  let writes = 0;
  /** Called before each write, with its number. */
  const on = { write: (_number: number): void => {} };
  const ports: Between["ports"] = {
    artifacts: {
      put: async (name, content) => ({
        name,
        digest: `sha-${content.length}`,
        bytes: content.length,
      }),
      async writeRunFile(_run, path, content) {
        on.write(++writes);
        files.set(path, content);
        return path;
      },
    },
    notices: {
      async tell(notice) {
        notices.push(notice);
        return { outcome: "delivered", to: "http://localhost:1" };
      },
    },
    files: {
      read: async (path) => {
        const content = inTree.get(path);
        return content === undefined ? undefined : { content, digest: content };
      },
      async write(path, content, expected) {
        expect(inTree.get(path)).toBe(expected);
        inTree.set(path, content);
        return ok(undefined);
      },
    },
    landing: {
      async keepPoint({ runId, name, commit }) {
        const ref = `refs/wavegate/landing/${runId}/points/${name}`;
        refs.set(ref, commit);
        return ok({ ref });
      },
    },
  };
  return { files, inTree, refs, notices, ports, on };
}

interface Choice {
  readonly mode?: GateMode;
  readonly approve?: string;
  /** Number of the write at which the process is killed; another one goes on. */
  readonly killAt?: number;
}

const storyOf = (
  ports: Between["ports"],
  { mode = "proven", approve }: Choice,
): Workflow<null, readonly string[]> => ({
  name: "story",
  async run(_input, steps) {
    const plain = graphOf(THREE);
    const gates = waveGates(plain, planSessions(executable(plain, { uses: new Map() })), mode);
    const graph = executable(addSyncPoints(plain, syncsOf(plain, gates)), { uses: new Map() });
    const rules = { ...RULES, gates: new Set(gates.map(({ key }) => key)) };
    const between: Between = {
      ports,
      steps,
      project: "tool library/../x",
      stateFolder: ".claude/state",
      rules: coordination(THREE, { work: graph, rules, gates }),
      state: notCoordinated(START),
      run: NOTHING_DONE,
      now: START,
      count: 0,
      unkept: [],
    };
    const released: string[] = [];
    let run = NOTHING_DONE;
    const tests = { outcome: "passed", shown: "npm test: exit code 0" } as const;
    for (const [index, [key, events]] of STORY.entries()) {
      const next = told(run, key, events);
      run = next.run;
      const looked = await lookBetween(between, {
        now: START + index * 60_000,
        run,
        news: next.news,
        reports: [],
        over: false,
        head: "h".repeat(40),
        base: BASE,
        tests,
      });
      released.push(...looked.released);
    }
    if (approve === undefined) return released;
    const said = await approveGate(between, "sync qg_001", { run, tests, by: approve });
    return said.passed ? [...released, "sync qg_001"] : released;
  },
});

async function played({ ports, on }: ReturnType<typeof world>, choice: Choice = {}) {
  const store = createMemoryStore();
  const first = createMemoryEngine({ store });
  const second = createMemoryEngine({ store });
  for (const engine of [first, second]) engine.register(storyOf(ports, choice));
  on.write = (number) => {
    if (number === choice.killAt) first.crash();
  };
  await first.start({ runId: "run-1", workflow: "story", subject: "", input: null, where: "here" });
  if (choice.killAt !== undefined) {
    while ((await second.run("run-1"))?.status !== "pending") await new Promise(setImmediate);
    await second.claim("run-1");
  }
  const { output } = await second.settled("run-1");
  const events: RunEvent[] = [];
  for await (const { event } of second.events("run-1", 0))
    if (event.type !== "run-taken-over") events.push(event);
  await Promise.all([first.close(), second.close()]);
  return { events, released: output };
}

describe("between tasks", () => {
  test("sessions are written in S3's layout, with what was there before each change of state", async () => {
    const at = world();
    await played(at);
    expect([...at.files.keys()].toSorted()).toMatchInlineSnapshot(`
      [
        "checkpoints/checkpoint_001.json",
        "checkpoints/checkpoint_001.md",
        "state/projects/tool-library-x/sessions/backups/session_001-1767344520000-active.json",
        "state/projects/tool-library-x/sessions/orchestrator.json",
        "state/projects/tool-library-x/sessions/session_001.json",
        "state/projects/tool-library-x/sessions/session_002.json",
      ]
    `);
    // Where the configuration asks for it, in the user's tree as well, as it was last.
    const copies = [...at.inTree].map(([name, text]) => [name.replace(/^\.claude\//, ""), text]);
    expect(Object.fromEntries(copies)).toEqual(
      Object.fromEntries([...at.files].filter(([name]) => name.startsWith("state/"))),
    );
    const file = at.files.get("state/projects/tool-library-x/sessions/session_001.json") ?? "";
    expect(JSON.parse(file)).toMatchInlineSnapshot(`
      {
        "execution_plan_id": "parallel_exec_run-1",
        "interactions": 3,
        "messages": [],
        "phase_id": "0 1",
        "phase_name": "Phase 1: Phase 1",
        "progress": {
          "finished": 3,
          "total": 3,
        },
        "session_id": "session_001",
        "state": "completed",
        "state_since": "2026-01-02T09:02:00.000Z",
        "tasks": [
          {
            "id": "1.1",
            "status": "done",
          },
          {
            "id": "1.2",
            "status": "done",
          },
          {
            "id": "VERIFY 1",
            "status": "done",
          },
        ],
        "updated_at": "2026-01-02T09:02:00.000Z",
        "waits_for": [],
      }
    `);
  });

  test("a phase that ends is a checkpoint with a point to go back to", async () => {
    const at = world();
    const { events } = await played(at);
    const taken = events.filter(({ type }) => type === "checkpoint-taken");
    expect(taken).toMatchObject([
      {
        checkpoint: "checkpoint_001",
        done: 3,
        of: 6,
        rollback: {
          ref: "refs/wavegate/landing/run-1/points/checkpoint_001",
          commit: "h".repeat(40),
        },
      },
    ]);
    expect([...at.refs]).toHaveLength(1);
    expect(at.notices.map(({ id, at: when, event }) => [id, when, event.type])).toEqual([
      ["run-1/between/notice/12", "2026-01-02T09:02:00.000Z", "checkpoint-taken"],
    ]);
    expect(events.at(-1)).toMatchObject({ type: "notice-sent", outcome: "delivered" });
    expect(at.files.get("checkpoints/checkpoint_001.md")).toContain(
      "**Rollback:** `refs/wavegate/",
    );
  });

  test("a gate is passed by what is proven, or waits for a person and is no failure meanwhile", async () => {
    expect((await played(world())).released).toEqual(["sync qg_001"]);
    const asked = await played(world(), { mode: "approved" });
    expect(asked.released).toEqual([]);
    expect(asked.events.map(({ type }) => type)).not.toContain("escalation-raised");
    const approved = await played(world(), { mode: "approved", approve: "ada" });
    expect(approved.released).toEqual(["sync qg_001"]);
    expect(
      approved.events.flatMap((event) => (event.type === "wave-judged" ? [event.outcome] : [])),
    ).toEqual(["asks", "passed"]);
  });

  test("a kill at any write changes nothing of what is told, written and kept", async () => {
    const whole = world();
    const { events } = await played(whole);
    for (let killAt = 1; killAt <= 8; killAt++) {
      const at = world();
      expect((await played(at, { killAt })).events).toEqual(events);
      expect(Object.fromEntries(at.files)).toEqual(Object.fromEntries(whole.files));
      expect([...at.refs]).toEqual([...whole.refs]);
    }
  });
});
