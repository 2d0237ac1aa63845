import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SessionEvent, SessionStatus } from "../../../../src/core/session-event.ts";
import { NOTHING_DONE } from "../../../../src/execution/run-state.ts";
import {
  coordinateRun,
  notCoordinated,
  type Coordinated,
  type CoordinationRules,
  type SeenNow,
} from "../../../../src/execution/sessions/coordinate-run.ts";
import { wordsFor } from "../../../../src/execution/sessions/message.ts";
import { planSessions } from "../../../../src/execution/sessions/plan-sessions.ts";
import {
  advanceSession,
  CREATED,
  type SessionChange,
  type SessionState,
} from "../../../../src/execution/sessions/session.ts";
import { explicit, phase, planOf, task } from "../../plan/plans.ts";
import { runOf } from "../any-run.ts";
import { CONFLICT, coordination, DONE, THREE, told, work } from "./any-coordination.ts";

const START = 1_000_000;
const HOUR = 3_600_000;

/** Each step: task, its events, milliseconds from the start. */
class Story {
  readonly given: CoordinationRules;
  run = NOTHING_DONE;
  state = notCoordinated(START);
  readonly events: SessionEvent[] = [];
  last: Coordinated | undefined;

  constructor(given: CoordinationRules) {
    this.given = given;
  }

  tell(
    key: string,
    events: Parameters<typeof told>[2],
    at = 0,
    more: Partial<SeenNow> = {},
  ): Story {
    const next = told(this.run, key, events);
    this.run = next.run;
    return this.look(at, { news: next.news, ...more });
  }

  look(at: number, more: Partial<SeenNow> = {}): Story {
    const seen = { now: START + at, run: this.run, news: [], reports: [], over: false, ...more };
    this.last = coordinateRun(this.given, this.state, seen);
    this.state = this.last.state;
    this.events.push(...this.last.events);
    return this;
  }

  of<T extends SessionEvent["type"]>(type: T): Extract<SessionEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<SessionEvent, { type: T }> => event.type === type,
    );
  }

  steps(session: string): string[] {
    return this.of("session-advanced")
      .filter((event) => event.session === session)
      .map(({ from, to }) => `${from}→${to}`);
  }
}

describe("sessions of a run", () => {
  test("one for each phase with work, numbered in the order in which they can begin, with those they wait for", () => {
    const sessions = planSessions(runOf(THREE));
    expect(sessions.map(({ id, title, waitsFor }) => [id, title, waitsFor])).toEqual([
      ["session_001", "Phase 1: Phase 1", []],
      ["session_002", "Phase 2: Phase 2", ["session_001"]],
      ["session_003", "Phase 3: Phase 3", ["session_002"]],
    ]);
    expect(sessions[0]?.tasks.toSorted()).toEqual(["1.1", "1.2", "VERIFY 1"]);
  });

  test("a phase that is put in between leaves the ids of the others alone", () => {
    const before = planSessions(runOf(THREE));
    const after = planSessions(
      runOf(
        planOf({
          ...THREE,
          phases: [phase("1", []), phase("1b", ["1"]), phase("2", ["1b"])],
          tasks: [task("1.1"), task("1b.1", { phase: "1b" }), task("2.1")],
          verifications: [],
        }),
      ),
      before,
    );
    expect(after.map(({ id, unit, waitsFor }) => [unit, id, waitsFor])).toEqual([
      ["0 1", "session_001", []],
      ["0 1b", "session_004", ["session_001"]],
      ["0 2", "session_002", ["session_004"]],
    ]);
  });

  test("phases that wait for each other's tasks are told so, and end", () => {
    const plan = planOf({
      phases: [phase("1", []), phase("2", [])],
      tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2")],
      dependencies: [explicit("1.1", "2.1"), explicit("2.1", "1.2")],
    });
    expect(planSessions(runOf(plan)).map(({ waitsFor }) => waitsFor)).toEqual([
      ["session_002"],
      ["session_001"],
    ]);
  });

  test("go through S3's whole lifecycle, with messages to those who wait for them", () => {
    const story = new Story(coordination(THREE));
    story.tell("1.1", DONE).tell("1.2", DONE);
    story.tell("VERIFY 1", [{ kind: "started" }, { kind: "worked", result: "r" }]);
    expect(story.steps("session_001")).toEqual(["created→active"]);
    story.tell("VERIFY 1", [{ kind: "completed", evidence: work() }]);
    expect(story.steps("session_001")).toEqual(["created→active", "active→completed"]);
    expect(story.of("message-sent").map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["status", "session_001", ["orchestrator"]],
      ["status", "session_001", ["orchestrator"]],
      ["coordination", "session_001", ["session_002"]],
    ]);
    expect(wordsFor(story.state.inboxes, "session_002")).toEqual([
      "session_001 (coordination): Phase 1: Phase 1 is finished: what it made has landed.",
    ]);
    story.look(0, { over: true });
    expect(story.steps("session_001").at(-1)).toBe("completed→archived");
    expect(story.steps("session_002")).toEqual([]);
  });

  test("are in sync again after every fifth interaction, and not before", () => {
    const plan = planOf({
      phases: [phase("1", []), phase("2", [])],
      tasks: Array.from({ length: 12 }, (_, index) => task(`1.${index + 1}`)).concat(task("2.1")),
    });
    const story = new Story(coordination(plan));
    story.tell("2.1", [{ kind: "started" }]);
    for (let index = 1; index <= 4; index++) story.tell(`1.${index}`, DONE);
    expect(story.of("message-sent").map(({ kind }) => kind)).not.toContain("sync_request");
    story.tell("1.5", DONE);
    const own = story.of("message-sent").filter(({ kind }) => kind === "sync_request");
    expect(own.map(({ from, to }) => [from, to])).toEqual([["session_001", ["session_002"]]]);
    expect(story.steps("session_001").slice(-2)).toEqual([
      "active→coordinating",
      "coordinating→active",
    ]);
    for (let index = 6; index <= 10; index++) story.tell(`1.${index}`, DONE);
    expect(story.of("message-sent").filter(({ kind }) => kind === "sync_request")).toHaveLength(2);
  });

  test("what an agent reports as a deviation is told to those who wait for its session", () => {
    const story = new Story(coordination(THREE));
    const report = {
      summary: "Done",
      issues: [],
      deviations: ["The store is a file, not a table"],
      notes: [],
    };
    story.tell("1.1", DONE, 0, { reports: [{ task: "1.1", attempt: 1, report }] });
    expect(wordsFor(story.state.inboxes, "session_002")).toEqual([
      "session_001 (coordination): The store is a file, not a table",
    ]);
    expect(wordsFor(story.state.inboxes, "session_003")).toEqual([]);
  });
});

describe("thresholds", () => {
  test("a conflict keeps its session coordinating and goes to the orchestrator at two hours, to the architect at four", () => {
    const story = new Story(coordination(THREE));
    story.tell("1.1", [...DONE.slice(0, 3), CONFLICT]);
    expect(story.steps("session_001").at(-1)).toBe("active→coordinating");
    expect(story.last?.wakeAt).toBe(START + 2 * HOUR);
    // it is tried again meanwhile: that settles nothing
    story.tell("1.1", [{ kind: "retry-due" }, { kind: "started" }], HOUR);
    story.look(2 * HOUR - 1);
    expect(story.of("escalation-raised")).toEqual([]);
    story.look(2 * HOUR).look(2 * HOUR + 1);
    expect(
      story.of("escalation-raised").map(({ to, rule, afterMinutes }) => [to, rule, afterMinutes]),
    ).toEqual([["orchestrator", "conflict_timeout", 120]]);
    expect(story.last?.wakeAt).toBe(START + 4 * HOUR);
    story.look(9 * HOUR);
    expect(story.of("escalation-raised").map(({ to }) => to)).toEqual([
      "orchestrator",
      "architect",
    ]);
    story.tell("1.1", DONE.slice(1), 10 * HOUR);
    expect(story.of("escalation-settled")).toMatchObject([
      { concern: "conflict", about: "1.1", afterMinutes: 600 },
    ]);
    expect(story.steps("session_001").at(-1)).toBe("coordinating→active");
    expect(story.last?.wakeAt).toBe(undefined);
  });

  test("what blocks others is escalated at four hours, and on the critical path to the project manager, too", () => {
    const story = new Story(coordination(THREE));
    const asked = {
      kind: "asked",
      question: { kind: "agent-asked", message: "Which key?", paths: [] },
    } as const;
    story.tell("1.1", [{ kind: "started" }, asked]).look(4 * HOUR - 1);
    expect(story.of("escalation-raised")).toEqual([]);
    story.look(4 * HOUR);
    expect(
      story.of("escalation-raised").map(({ concern, to, sessions }) => [concern, to, sessions]),
    ).toEqual([
      ["dependency", "orchestrator", ["session_001", "session_002", "session_003"]],
      ["dependency", "project_manager", ["session_001", "session_002", "session_003"]],
    ]);
    expect(story.of("escalation-raised")[0]?.text).toContain("Which key? Held up by it: ");
  });

  test("a verification that fails is escalated at once", () => {
    const story = new Story(coordination(THREE));
    const reason = { kind: "check", message: "npm test: exit code 1", details: [] };
    story.tell("1.1", DONE).tell("1.2", DONE);
    story.tell("VERIFY 1", [{ kind: "started" }, { kind: "failed", reason, again: true }]);
    expect(story.of("escalation-raised")).toMatchObject([
      {
        concern: "quality",
        about: "VERIFY 1",
        to: "architect",
        afterMinutes: 0,
        rule: "quality_gate_failure",
      },
    ]);
    story.tell("VERIFY 1", [{ kind: "retry-due" }, { kind: "started" }], HOUR);
    story.tell("VERIFY 1", [{ kind: "failed", reason, again: true }], 2 * HOUR);
    expect(story.of("escalation-raised")).toHaveLength(1);
    expect(story.of("escalation-settled")).toEqual([]);
    story.tell("VERIFY 1", [{ kind: "retry-due" }, { kind: "started" }], 2 * HOUR);
    story.tell(
      "VERIFY 1",
      [
        { kind: "worked", result: "r" },
        { kind: "completed", evidence: work() },
      ],
      3 * HOUR,
    );
    expect(story.of("escalation-settled")).toMatchObject([
      { concern: "quality", afterMinutes: 180 },
    ]);
  });

  test("each step is told once and never early, however often and late somebody looks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * HOUR }), { maxLength: 30 }), (looks) => {
        const story = new Story(coordination(THREE));
        story.tell("1.1", [...DONE.slice(0, 3), CONFLICT]);
        // the clock may go back
        for (const at of looks) {
          const before = story.events.length;
          story.look(at);
          for (const event of story.events.slice(before))
            if (event.type === "escalation-raised")
              expect(at).toBeGreaterThanOrEqual(event.afterMinutes * 60_000);
        }
        const rules = story.of("escalation-raised").map(({ rule }) => rule);
        expect(new Set(rules).size).toBe(rules.length);
        const latest = Math.max(0, ...looks);
        expect(rules.length).toBe(latest >= 4 * HOUR ? 2 : latest >= 2 * HOUR ? 1 : 0);
      }),
    );
  });
});

const CHANGES: readonly SessionChange[] = [
  { kind: "opened" },
  { kind: "interacted" },
  { kind: "sync-begun", why: "5 interactions" },
  { kind: "sync-ended" },
  { kind: "finished" },
  { kind: "reopened" },
  { kind: "archived" },
];

/** S3's order, and the two ways back. */
const LEGAL: ReadonlySet<string> = new Set([
  "created active",
  "created completed",
  "active coordinating",
  "active completed",
  "coordinating active",
  "coordinating completed",
  "completed active",
  "completed archived",
]);

test("whatever happens, a session only goes the ways of its lifecycle, and counts what it did", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CHANGES), { maxLength: 40 }), (changes) => {
      let state: SessionState = CREATED;
      let interactions = 0;
      changes.forEach((change, at) => {
        const next = advanceSession(state, change, at);
        if (!next.ok) return;
        const [from, to]: SessionStatus[] = [state.status, next.value.status];
        if (from !== to) expect(LEGAL).toContain(`${from} ${to}`);
        if (change.kind === "interacted") interactions++;
        state = next.value;
      });
      expect(interactionsOf(state)).toBe(interactions);
    }),
  );
});

const interactionsOf = (state: SessionState): number =>
  state.status === "created" ? 0 : state.interactions;
