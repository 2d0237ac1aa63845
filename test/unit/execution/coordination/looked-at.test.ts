/** Looking only at what may have changed tells what looking at everything tells. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { advance } from "../../../../src/execution/advance.ts";
import { LiveDecisions } from "../../../../src/execution/live/live-decisions.ts";
import { stateOfTask, type RunState } from "../../../../src/execution/run-state.ts";
import {
  coordinateRun,
  notCoordinated,
} from "../../../../src/execution/sessions/coordinate-run.ts";
import type { TaskEvent } from "../../../../src/execution/task-event.ts";
import type { TaskNews } from "../../../../src/execution/task-news.ts";
import { isWork } from "../../../../src/plan/graph/model.ts";
import { anyPlan } from "../../plan/any-plan.ts";
import { CONFLICT, coordination, work } from "./any-coordination.ts";

const reason = { kind: "crashed", message: "It crashed.", details: [] };
const question = { kind: "agent-asked", message: "Which one?", paths: [] } as const;
const EVENTS: readonly TaskEvent[] = [
  { kind: "started" },
  { kind: "started" },
  { kind: "worked", result: "ref" },
  { kind: "accepted", evidence: work({ changed: ["src/a.ts"], shown: ["src/b.ts"] }) },
  { kind: "landed", commit: "c".repeat(40) },
  { kind: "completed", evidence: work() },
  { kind: "failed", reason, again: true },
  { kind: "failed", reason, again: false },
  { kind: "asked", question },
  { kind: "retry-due" },
  CONFLICT,
  { kind: "person", by: "ann", says: { what: "skip", why: "no need" } },
  { kind: "person", by: "ann", says: { what: "retry" } },
];

const turns = fc.array(
  fc.record({
    tasks: fc.array(fc.nat(), { maxLength: 3 }),
    events: fc.array(fc.nat(EVENTS.length - 1), { maxLength: 6 }),
    minutes: fc.integer({ min: 0, max: 300 }),
  }),
  { maxLength: 20 },
);

test("what is told, what is due and when to look again: the same as of everything", () => {
  fc.assert(
    fc.property(anyPlan("along"), turns, (plan, all) => {
      const given = { ...coordination(plan), syncEvery: 2 };
      const keys = given.work.graph.nodes.flatMap((node) => (isWork(node) ? [node.key] : []));
      let run: RunState = { tasks: new Map(), batch: [], released: new Set() };
      const live = new LiveDecisions(given.work, run, given.rules);
      let [some, whole] = [notCoordinated(0), notCoordinated(0)];
      let now = 0;
      for (const [index, { tasks, events, minutes }] of all.entries()) {
        now += minutes * 60_000;
        const news: TaskNews[] = [];
        for (const each of tasks)
          for (const which of events) {
            const task = keys[each % keys.length] ?? "";
            const event = EVENTS[which] ?? { kind: "started" };
            const next = advance(stateOfTask(run, task), event);
            if (!next.ok) continue;
            run = { ...run, tasks: new Map(run.tasks).set(task, next.value) };
            live.told(task, next.value);
            news.push({ task, attempt: index + 1, event });
          }
        const over = index === all.length - 1;
        const seen = { now, run, news, reports: [], over };
        const one = coordinateRun(given, some, { ...seen, frontier: live.frontier });
        // Another list of sessions is looked at whole.
        const other = coordinateRun({ ...given, sessions: [...given.sessions] }, whole, seen);
        const plainOf = ({ events: told, due, gates, wakeAt, lookAt }: typeof one) => ({
          told,
          due,
          gates,
          wakeAt,
          lookAt,
        });
        expect(plainOf(one)).toEqual(plainOf(other));
        expect([...one.state.sessions]).toEqual([...other.state.sessions]);
        expect([...one.state.concerns]).toEqual([...other.state.concerns]);
        [some, whole] = [one.state, other.state];
      }
    }),
    { numRuns: 300 },
  );
});
