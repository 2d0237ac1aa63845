import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeCheckpoint } from "../../../../src/execution/checkpoints/checkpoint.ts";
import { checkpointText } from "../../../../src/execution/checkpoints/checkpoint-text.ts";
import {
  noted,
  NO_NOTES,
  withReport,
  type TaskReport,
} from "../../../../src/execution/checkpoints/task-notes.ts";
import { taskFindings } from "../../../../src/execution/findings/task-findings.ts";
import { judgeWave } from "../../../../src/execution/gates/judge-wave.ts";
import { isGateDue, syncsOf, waveGates } from "../../../../src/execution/gates/wave-gates.ts";
import { executable } from "../../../../src/execution/executable.ts";
import { frontierOf } from "../../../../src/execution/frontier.ts";
import { nextTasks } from "../../../../src/execution/next-tasks.ts";
import { NOTHING_DONE, type RunState } from "../../../../src/execution/run-state.ts";
import {
  coordinateRun,
  notCoordinated,
} from "../../../../src/execution/sessions/coordinate-run.ts";
import { planSessions } from "../../../../src/execution/sessions/plan-sessions.ts";
import type { TaskEvent } from "../../../../src/execution/task-event.ts";
import { addSyncPoints } from "../../../../src/plan/graph/add-sync-points.ts";
import { graphOf, RULES, runOf } from "../any-run.ts";
import { CONFLICT, coordination, DONE, THREE, told, work } from "./any-coordination.ts";

const report = (more: Partial<TaskReport>): TaskReport => ({
  summary: "",
  issues: [],
  deviations: [],
  notes: [],
  ...more,
});

const afterAll = (events: readonly TaskEvent[], from = NO_NOTES) =>
  events.reduce((notes, event) => noted(notes, event, 2), from);

describe("notes of a task", () => {
  test("an issue is open until something settles it, and says what did", () => {
    const failed = {
      kind: "failed",
      reason: { kind: "crashed", message: "exit code 1", details: [] },
      again: true,
    } as const;
    const open = noted(NO_NOTES, failed, 1);
    expect(open.issues).toEqual([{ attempt: 1, problem: "exit code 1" }]);
    expect(afterAll(DONE, open).issues).toEqual([
      { attempt: 1, problem: "exit code 1", resolution: "attempt 2 did it" },
    ]);
    const skip = { kind: "person", by: "ada", says: { what: "skip", why: "not wanted" } } as const;
    expect(noted(open, skip, 1)).toEqual({
      issues: [{ attempt: 1, problem: "exit code 1", resolution: "ada left it out: not wanted" }],
      deviations: [{ text: "Left out: not wanted", source: "person" }],
    });
  });

  test("what was changed beside the plan is a deviation, and so is what the agent says", () => {
    const accepted = { kind: "accepted", evidence: work({ shown: ["package.json"] }) } as const;
    const both = withReport(
      noted(NO_NOTES, accepted, 1),
      report({ deviations: ["A file, no table"] }),
      1,
    );
    expect(both.deviations).toEqual([
      { text: "Changed what the plan does not name: package.json", source: "observed" },
      { text: "A file, no table", source: "agent" },
    ]);
  });

  test("whatever an agent reports, what is kept is bounded, on one line each and inert", () => {
    const text = fc.oneof(fc.string(), fc.constant(`\u202E${"x\n".repeat(2_000)}`));
    const entry = fc.record({ problem: text, resolution: text });
    const any = fc.record({
      summary: text,
      issues: fc.array(entry, { maxLength: 120 }),
      deviations: fc.array(text, { maxLength: 120 }),
      notes: fc.array(text, { maxLength: 120 }),
    });
    fc.assert(
      fc.property(any, any, (one, other) => {
        const notes = withReport(withReport(NO_NOTES, one, 1), other, 2);
        expect(notes.issues.length).toBeLessThanOrEqual(50);
        expect(notes.deviations.length).toBeLessThanOrEqual(50);
        const texts = [
          notes.summary ?? "",
          notes.notes ?? "",
          ...notes.deviations.map(({ text: each }) => each),
          ...notes.issues.flatMap(({ problem, resolution = "" }) => [problem, resolution]),
        ];
        for (const each of texts) {
          expect(each.length).toBeLessThanOrEqual(1_000);
          expect(each).not.toMatch(/[\n\u202E]/);
        }
      }),
    );
  });
});

function phaseOneDone(): RunState {
  const one = told(NOTHING_DONE, "1.1", DONE);
  const two = told(one.run, "1.2", DONE);
  return told(two.run, "VERIFY 1", [
    { kind: "started" },
    { kind: "worked", result: "r" },
    { kind: "completed", evidence: work() },
  ]).run;
}

const causesOf = (frequency: "phase" | "task") => {
  const given = coordination(THREE, { frequency });
  let state = notCoordinated(0);
  let run = NOTHING_DONE;
  const causes = ["1.1", "1.2"].flatMap((key) => {
    const next = told(run, key, DONE);
    run = next.run;
    const seen = coordinateRun(given, state, {
      now: 0,
      run,
      news: next.news,
      reports: [],
      over: false,
    });
    state = seen.state;
    return seen.due;
  });
  const seen = coordinateRun(given, state, {
    now: 0,
    run: phaseOneDone(),
    news: [],
    reports: [],
    over: true,
  });
  return [...causes, ...seen.due];
};

describe("checkpoints", () => {
  test("one when a phase ends, one for each landed task in incremental mode, one at the end", () => {
    expect(causesOf("phase")).toEqual([{ kind: "phase", session: "session_001" }, { kind: "end" }]);
    expect(causesOf("task")).toEqual([
      { kind: "task", task: "1.1" },
      { kind: "task", task: "1.2" },
      { kind: "phase", session: "session_001" },
      { kind: "end" },
    ]);
  });

  test("say progress, issues with their resolution, deviations, and where one can go back to", () => {
    const runWork = runOf(THREE);
    const checkpoint = takeCheckpoint({
      number: 3,
      at: Date.UTC(2026, 0, 2),
      why: { kind: "phase", session: "session_001" },
      work: runWork,
      state: phaseOneDone(),
      sessions: planSessions(runWork),
      notes: new Map([
        ["1.1", afterAll(DONE, noted(NO_NOTES, CONFLICT, 1))],
        ["1.2", withReport(NO_NOTES, report({ deviations: ["# No heading | <b>"] }), 1)],
        ["2.1", noted(NO_NOTES, CONFLICT, 1)],
      ]),
      rollback: { ref: "refs/wavegate/landing/R/points/session_001", commit: "abc" },
    });
    expect(checkpoint).toMatchObject({ id: "checkpoint_003", done: 3, of: 6 });
    expect(checkpointText(checkpoint)).toMatchInlineSnapshot(`
      "# checkpoint_003: Phase 1: Phase 1 is finished

      **Taken:** 2026-01-02T00:00:00.000Z  
      **Progress:** 3 of 6 finished  
      **Rollback:** \`refs/wavegate/landing/R/points/session_001\` is \`abc\`

      ## Progress

      ### Phase 1: Phase 1 (session_001): 3 of 3

      | Task | What | State | Commit |
      | --- | --- | --- | --- |
      | \`1.1\` | Do 1.1 | done | \`cccccccccccc\` |
      | \`1.2\` | Do 1.2 | done | \`cccccccccccc\` |
      | \`VERIFY 1\` | VERIFY 1 | done | – |

      ## Issues and resolutions

      | Task | Attempt | Issue | Resolution |
      | --- | --- | --- | --- |
      | \`1.1\` | 1 | Both changed src/a.ts. | attempt 2 did it |

      ## Deviations

      | Task | What | Said by |
      | --- | --- | --- |
      | \`1.2\` | \\# No heading \\| &lt;b> | the agent |
      "
    `);
  });
});

describe("quality gates of waves", () => {
  test("hold the next wave until they are let pass", () => {
    const plain = graphOf(THREE);
    const sessions = planSessions(executable(plain, { uses: new Map() }));
    const gates = waveGates(plain, sessions, "proven");
    expect(gates.map(({ key, before }) => [key, before.toSorted()])).toEqual([
      ["sync qg_001", ["2.1", "2.2"]],
      ["sync qg_002", ["3.1"]],
    ]);
    const gated = executable(addSyncPoints(plain, syncsOf(plain, gates)), { uses: new Map() });
    const rules = { ...RULES, gates: new Set(gates.map(({ key }) => key)) };
    const state = phaseOneDone();
    expect(nextTasks(gated, state, rules).start).toEqual([]);
    const due = gates.filter((gate) =>
      isGateDue(gated.graph, gate, frontierOf(gated, state, rules)),
    );
    expect(due.map(({ id }) => id)).toEqual(["qg_001"]);
    const released = { ...state, released: new Set(["sync qg_001"]) };
    expect(nextTasks(gated, released, rules).start.map(({ key }) => key)).toEqual(["2.1", "2.2"]);
  });

  const plain = graphOf(THREE);
  const [gate] = waveGates(plain, planSessions(executable(plain, { uses: new Map() })), "proven");
  if (!gate) throw new Error("no gate");
  const passed = { outcome: "passed", shown: "exit code 0" } as const;

  test("pass by what is proven, or by people on top of it", () => {
    const state = phaseOneDone();
    const proven = judgeWave(gate, { state, tests: passed });
    expect(proven.outcome).toBe("passed");
    expect(proven.criteria.map(({ text, outcome }) => [text, outcome])).toEqual([
      ["All wave deliverables completed", "met"],
      ["VERIFY 1", "met"],
      ["Integration tests passing", "met"],
      ["Code review requirements met", "for-person"],
      ["Documentation updated", "for-person"],
    ]);
    const asking = { ...gate, mode: "approved" } as const;
    expect(judgeWave(asking, { state, tests: passed }).outcome).toBe("asks");
    const approved = judgeWave(asking, { state, tests: passed, approvedBy: "ada" });
    expect(approved).toMatchObject({
      outcome: "passed",
      by: "ada",
      approvers: ["technical_lead", "architect"],
    });
  });

  test("what is proven not to hold blocks, whoever approves", () => {
    const failed = { outcome: "failed", shown: "exit code 1" } as const;
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom("proven" as const, "approved" as const),
        fc.option(fc.constant("ada")),
        (testsFail, mode, by) => {
          const state = testsFail ? phaseOneDone() : told(NOTHING_DONE, "1.1", DONE).run;
          const judged = judgeWave(
            { ...gate, mode },
            {
              state,
              tests: testsFail ? failed : passed,
              ...(by !== null && { approvedBy: by }),
            },
          );
          expect(judged.outcome).toBe("failed");
          expect(judged.by).toBe(undefined);
        },
      ),
    );
  });
});

test("findings of a task are in S4's form, and quote nothing that could be read as Markdown of ours", () => {
  const state = told(NOTHING_DONE, "1.1", [
    ...DONE.slice(0, 2),
    {
      kind: "accepted",
      evidence: work({
        changed: ["src/a.ts"],
        checks: [{ name: "tests", by: "command", command: "npm test", outcome: "exit code 0" }],
      }),
    },
    { kind: "landed", commit: "c0ffee" },
  ]).run.tasks.get("1.1");
  if (!state) throw new Error("no state");
  const text = taskFindings({
    id: "1.1",
    title: "Store tools\n## Details",
    state,
    notes: withReport(
      noted(NO_NOTES, CONFLICT, 1),
      report({ summary: "# All of it", deviations: ["A file"] }),
      1,
    ),
    agent: "claude",
    startedAt: Date.UTC(2026, 0, 2, 9),
    endedAt: Date.UTC(2026, 0, 2, 9, 1),
  });
  expect(text).toMatchInlineSnapshot(`
    "# Task 1.1: Store tools ## Details

    **Status:** completed
    **Started:** 2026-01-02T09:00:00.000Z
    **Completed:** 2026-01-02T09:01:00.000Z
    **Duration:** 60s

    ## Summary

    \\# All of it

    Done, verified and landed as \`c0ffee\`.

    ## Details

    **Agent:** claude, attempt 1

    ### Checks

    - tests: exit code 0 (\`npm test\`)

    ### Issues and resolutions

    - Attempt 1: Both changed src/a.ts. – open

    ### Deviations

    - A file (agent)

    ## Files Modified

    - \`src/a.ts\`
    "
  `);
});
