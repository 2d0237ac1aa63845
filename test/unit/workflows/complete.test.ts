/** All stages in one run: the order, what it waits for, and what a change between any two of them costs (WF-01, S1 §10.1). */
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../../../src/ports/engine.ts";
import type { GateInfo, HoldInfo, WorkInfo } from "../../../src/stage/records.ts";
import { completeFixture, decision, placeOf, SPEC, STAGES, waitOf } from "./complete-fixture.ts";

type Fixture = ReturnType<typeof completeFixture>;

/** Go on until the run waits there, whatever it waits for before. */
async function until(fixture: Fixture, place: string, from?: RunRecord): Promise<RunRecord> {
  let record = from ?? (await fixture.start());
  for (let turn = 0; turn < 20 && placeOf(record) !== place; turn++)
    record = await fixture.goOn(record);
  expect(placeOf(record)).toBe(place);
  return record;
}

/** Every place where a run of all stages waits, with what it waits for. */
async function placesOf(fixture: Fixture, record: RunRecord): Promise<readonly string[]> {
  const places = [placeOf(record)];
  for (let at = record; at.wait;) {
    at = await fixture.goOn(at);
    places.push(placeOf(at));
  }
  return places;
}

const infoOf = (record: RunRecord) => waitOf(record).info as GateInfo & HoldInfo & WorkInfo;
const ALL = ["requirements", "architecture", "risk", "estimation", "reviewer", "synthesizer", "qa"];

describe("the whole workflow", () => {
  test("planning, preparation, the implementation, review: each with its gate, each asked once", async () => {
    const fixture = completeFixture();
    expect(await placesOf(fixture, await fixture.start())).toEqual([
      "gate planning",
      "gate preparation",
      "work implementation",
      "gate review",
      "completed",
    ]);
    const { output } = await fixture.settled();
    expect(output).toMatchObject({
      status: "completed",
      message: "Completed: planning, preparation and review.",
      written: [
        "plan.md",
        "planning-summary.md",
        "implementation_plan.md",
        "quality_report.md",
      ].map(fixture.file),
    });
    expect(fixture.requests.map(({ stage }) => stage)).toEqual(
      STAGES.flatMap(({ name }) => ALL.map(() => name)),
    );
    expect(fixture.memory.auditEntries.map(({ action }) => action)).toEqual(
      STAGES.flatMap(() => ["approve", "written"]),
    );
  });

  test("it waits for the implementation, says where the tasks are, and hands a note to the review", async () => {
    const fixture = completeFixture();
    const record = await until(fixture, "work implementation");
    expect([record.status, infoOf(record)]).toMatchObject([
      "waiting",
      { document: fixture.file("implementation_plan.md"), tasks: 1, done: 0, next: "review" },
    ]);
    const plan = fixture.memory.disk.get(fixture.file("implementation_plan.md")) ?? "";
    fixture.memory.disk.set(fixture.file("implementation_plan.md"), plan.replace("[ ]", "[x]"));
    const gate = await fixture.goOn(record, { note: "Rounding is in cents" });
    expect(placeOf(gate)).toBe("gate review");
    const asked = fixture.requests.find(({ stage }) => stage === "review");
    expect(asked?.inputs["implementation_plan.md"]).toContain("[x] 1.1");
    expect(asked?.inputs["people.json"]).toContain("Rounding is in cents");
    expect(placeOf(await fixture.goOn(gate))).toBe("completed");
  });

  test("a plan without tasks: the run says that nothing says what to build", async () => {
    const fixture = completeFixture();
    const gate = await until(fixture, "gate preparation");
    const edits = { "implementation_plan.md": "# Nothing\n" };
    const without = await fixture.goOn(gate, { kind: "modify", edits });
    fixture.memory.disk.delete(fixture.file("tasks.md"));
    const plan = fixture.memory.disk.get(fixture.file("plan.md")) ?? "";
    expect(plan).toContain("- [ ] 1.1");
    const work = await fixture.goOn(without);
    expect(infoOf(work).document).toBe(fixture.file("plan.md"));
  });

  test.each([
    [[0], ["gate planning", "completed"]],
    [
      [0, 1],
      ["gate planning", "gate preparation", "completed"],
    ],
  ] as const)("until a stage: %j", async (some, places) => {
    const fixture = completeFixture({
      stages: STAGES.filter((_, index) => some.includes(index as never)),
    });
    expect(await placesOf(fixture, await fixture.start())).toEqual(places);
  });

  test("a stage that others would build on, rejected: the run ends, and none of them begins", async () => {
    const fixture = completeFixture();
    const gate = await until(fixture, "gate preparation");
    const record = await fixture.goOn(gate, { kind: "reject", reason: "too big" });
    expect(record).toMatchObject({ status: "completed", output: { status: "rejected" } });
    expect(fixture.requests.some(({ stage }) => stage === "review")).toBe(false);
    expect((await fixture.events()).at(-1)).toMatchObject({ status: "rejected" });
  });

  test("from a stage whose inputs nobody approved: held, not begun", async () => {
    const fixture = completeFixture({ stages: STAGES.slice(1) });
    fixture.memory.disk.set(fixture.file("plan.md"), "# Mine\n");
    const record = await fixture.start();
    expect([placeOf(record), infoOf(record).code]).toEqual([
      "hold preparation",
      "STAGE_INPUTS_UNMET",
    ]);
    expect(fixture.requests).toEqual([]);
  });
});

/** When something changes: how the run gets there, and what waits there when it is noticed. */
const MOMENTS = {
  "at the gate of planning": async (fixture: Fixture, change: () => void) => {
    const gate = await until(fixture, "gate planning");
    change();
    return fixture.goOn(gate);
  },
  "after planning was approved": async (fixture: Fixture, change: () => void) => {
    fixture.hooks.audited = (entry) => entry === "planning written" && change();
    return fixture.goOn(await until(fixture, "gate planning"));
  },
  "while preparation runs": async (fixture: Fixture, change: () => void) => {
    fixture.hooks.asked = ({ stage, role }) => stage === "preparation" && role === "qa" && change();
    return fixture.goOn(await until(fixture, "gate planning"));
  },
  "at the gate of preparation": async (fixture: Fixture, change: () => void) => {
    const gate = await until(fixture, "gate preparation");
    change();
    return fixture.goOn(gate);
  },
  "after preparation was approved": async (fixture: Fixture, change: () => void) => {
    fixture.hooks.audited = (entry) => entry === "preparation written" && change();
    return fixture.goOn(await until(fixture, "gate preparation"));
  },
  "during the implementation": async (fixture: Fixture, change: () => void) => {
    const work = await until(fixture, "work implementation");
    change();
    return fixture.goOn(work);
  },
  "at the gate of the review": async (fixture: Fixture, change: () => void) => {
    const gate = await until(fixture, "gate review");
    change();
    return fixture.goOn(gate);
  },
};
type Moment = keyof typeof MOMENTS;

/** File, moment → what is void: `name` runs again, `name?` asks again at its gate; and where the run then waits. */
const CHANGES: readonly (readonly [string, Moment, readonly string[], string])[] = [
  ["spec.md", "at the gate of planning", ["planning"], "gate planning"],
  ["spec.md", "after planning was approved", ["planning"], "gate planning"],
  ["spec.md", "while preparation runs", ["planning", "preparation"], "gate planning"],
  ["spec.md", "at the gate of preparation", ["planning", "preparation"], "gate planning"],
  ["spec.md", "after preparation was approved", ["planning", "preparation"], "gate planning"],
  ["spec.md", "during the implementation", ["planning", "preparation", "work"], "gate planning"],
  [
    "spec.md",
    "at the gate of the review",
    ["planning", "preparation", "review", "work"],
    "gate planning",
  ],
  ["plan.md", "after planning was approved", ["planning?"], "gate planning"],
  ["plan.md", "while preparation runs", ["planning?", "preparation"], "gate planning"],
  ["plan.md", "at the gate of preparation", ["planning?", "preparation"], "gate planning"],
  ["plan.md", "during the implementation", ["planning?", "preparation", "work"], "gate planning"],
  [
    "planning-summary.md",
    "at the gate of preparation",
    ["planning?", "preparation"],
    "gate planning",
  ],
  [
    "planning-summary.md",
    "at the gate of the review",
    ["planning?", "preparation", "review", "work"],
    "gate planning",
  ],
  [
    "implementation_plan.md",
    "after preparation was approved",
    ["preparation?"],
    "gate preparation",
  ],
  [
    "implementation_plan.md",
    "during the implementation",
    ["preparation?", "work"],
    "gate preparation",
  ],
  [
    "implementation_plan.md",
    "at the gate of the review",
    ["preparation?", "review", "work"],
    "gate preparation",
  ],
];

/** Stages whose agents had all been asked when the change was noticed. */
const stagesRun = ({ requests }: Fixture, count: number) =>
  new Set(requests.slice(0, count).map(({ stage }) => stage)).size;

describe("what changes between stages voids what was built on it", () => {
  test.each(CHANGES)("%s %s: %j", async (name, moment, cost, next) => {
    const fixture = completeFixture();
    const path = fixture.file(name);
    let once = true;
    const held = await MOMENTS[moment](fixture, () => {
      if (once) fixture.memory.disk.set(path, `${fixture.memory.disk.get(path)}\nOne more line.\n`);
      once = false;
    });
    const { code, reason, failures, hint } = infoOf(held);
    expect([held.status, code, reason]).toEqual([
      "failed",
      "STAGE_INPUTS_CHANGED",
      expect.stringContaining(`${path} changed after`),
    ]);
    expect(failures).toEqual(
      cost.map((step) => {
        if (step === "work") return "implementation is asked for again";
        return step.endsWith("?")
          ? expect.stringMatching(`^${step.slice(0, -1)}: its gate asks again`)
          : `${step} runs again: ${ALL.join(", ")}`;
      }),
    );
    const again = cost.filter((step) => step !== "work" && !step.endsWith("?"));
    if (again.length > 0)
      expect(hint).toContain(`${again.length * 7} agents, less what the cache has`);

    const before = fixture.requests.length;
    const approved = fixture.memory.auditEntries.filter(({ action }) => action === "written");
    const gate = await fixture.goOn(held);
    expect(placeOf(gate)).toBe(next);
    const events = await fixture.events();
    expect(events.find(({ type }) => type === "stages-voided")).toMatchObject({
      by: "ann",
      runAgain: again.map((stage) => ({ stage, roles: ALL })),
    });
    const voided = fixture.memory.auditEntries.filter(
      ({ action, details }) => action === "voided" && !("paths" in (details as object)),
    );
    expect(voided.map(({ digest }) => digest)).toEqual(
      approved.map(({ digest }) => digest).slice(-voided.length || approved.length),
    );
    // A gate that asks again knows what was approved; one that asks for the first time has nothing to compare with.
    const asksAgain = cost[0]?.endsWith("?") ?? false;
    const compared = (infoOf(gate).artifacts ?? []).filter(
      (one) => one.approved !== undefined && one.approved !== one.digest,
    );
    expect(compared.map(({ target }) => target)).toEqual(asksAgain ? [path] : []);
    // Whoever asks again about an edited file asks no agent.
    expect(fixture.requests.length - before).toBe(cost[0]?.endsWith("?") ? 0 : 7);
    const rest = await placesOf(fixture, gate);
    expect(rest.at(-1)).toBe("completed");
    expect(rest.filter((place) => place.startsWith("hold"))).toEqual([]);
    const runs = fixture.requests.length;
    expect(runs).toBe(before + again.length * 7 + 7 * (3 - stagesRun(fixture, before)));
    expect(fixture.memory.disk.get(path)).toContain("One more line.");
  });

  test.each(CHANGES)(
    "%s %s, put back: nothing is void, no agent is asked again",
    async (name, moment) => {
      const fixture = completeFixture();
      const path = fixture.file(name);
      let was: string | undefined;
      const held = await MOMENTS[moment](fixture, () => {
        was ??= fixture.memory.disk.get(path);
        fixture.memory.disk.set(path, "# Quite another\n");
      });
      Object.assign(fixture.hooks, { asked: undefined, audited: undefined });
      fixture.memory.disk.set(path, was ?? "");
      const rest = await placesOf(fixture, await fixture.goOn(held));
      expect(rest.at(-1)).toBe("completed");
      expect(fixture.requests).toHaveLength(21);
      expect((await fixture.events()).some(({ type }) => type === "stages-voided")).toBe(false);
    },
  );

  test("what changes again while it is held is told before it is void", async () => {
    const fixture = completeFixture();
    const work = await until(fixture, "work implementation");
    fixture.memory.disk.set(fixture.file("implementation_plan.md"), "# Mine\n");
    const first = await fixture.goOn(work);
    expect(infoOf(first).failures[0]).toContain("preparation: its gate asks again");
    fixture.memory.disk.set(SPEC, `${fixture.memory.disk.get(SPEC)}\nMore.\n`);
    const second = await fixture.goOn(first);
    expect(infoOf(second).failures[0]).toContain("planning runs again");
    expect(placeOf(await fixture.goOn(second))).toBe("gate planning");
  });

  test("the digest of a proposal that is void is refused, and says that it has changed", async () => {
    const fixture = completeFixture();
    const first = await until(fixture, "gate planning");
    const { digest } = infoOf(first);
    fixture.memory.disk.set(SPEC, `${fixture.memory.disk.get(SPEC)}\nMore.\n`);
    const held = await fixture.goOn(first);
    const value = decision(digest);
    expect(await fixture.answer({ wait: waitOf(held).name, token: digest, value })).toMatchObject({
      error: { code: "GATE_STALE_DIGEST" },
    });
    const next = await fixture.goOn(held);
    expect(waitOf(next).name).toBe("planning@2/gate/1");
    expect(await fixture.answer({ wait: waitOf(next).name, token: digest, value })).toMatchObject({
      error: { code: "GATE_STALE_DIGEST", message: expect.stringContaining("something else") },
    });
    expect(fixture.memory.disk.has(fixture.file("plan.md"))).toBe(false);
  });

  test("what changes in the moment in which the next stage begins is found at its gate, whatever that stage requires", async () => {
    const stages = STAGES.map((stage) => ({ ...stage, requires: [] }));
    const fixture = completeFixture({ stages });
    const change = () => fixture.memory.disk.set(SPEC, `${fixture.memory.disk.get(SPEC)}\nMore.\n`);
    const first = await until(fixture, "gate planning");
    fixture.hooks.begun = (stage) => {
      if (stage === "preparation") change();
      delete fixture.hooks.begun;
    };
    const held = await fixture.goOn(first);
    expect(infoOf(held)).toMatchObject({
      code: "STAGE_INPUTS_CHANGED",
      failures: [expect.stringContaining("planning runs"), expect.stringContaining("preparation")],
    });
    expect(fixture.memory.disk.has(fixture.file("implementation_plan.md"))).toBe(false);
  });

  test("a file that changes back and forth at every look holds the run, and does not keep it busy", async () => {
    const fixture = completeFixture();
    const gate = await until(fixture, "gate planning");
    let looks = 0;
    fixture.hooks.read = (path) =>
      path === SPEC && fixture.requests.length === 14 && looks++ % 2 === 0
        ? "# Another\n"
        : undefined;
    const held = await fixture.goOn(gate);
    expect(infoOf(held)).toMatchObject({
      code: "STAGE_INPUTS_CHANGED",
      reason: expect.stringContaining("back and forth"),
    });
    delete fixture.hooks.read;
    expect(placeOf(await fixture.goOn(held))).toBe("gate preparation");
  });

  test("an artifact that is gone: the gate shows again what was approved", async () => {
    const fixture = completeFixture();
    const gate = await until(fixture, "gate preparation");
    const plan = fixture.memory.disk.get(fixture.file("plan.md"));
    fixture.memory.disk.delete(fixture.file("plan.md"));
    const held = await fixture.goOn(gate);
    expect(infoOf(held)).toMatchObject({
      reason: expect.stringContaining("plan.md is gone"),
      hint: expect.stringContaining("wavegate logs run-1 proposal/planning-1/plan.md"),
    });
    const again = await fixture.goOn(held);
    expect(infoOf(again)).toMatchObject({
      stage: "planning",
      round: 2,
      notice: expect.stringContaining("What is shown is what was approved before."),
    });
    await fixture.goOn(again);
    expect(fixture.memory.disk.get(fixture.file("plan.md"))).toBe(plan);
  });
});

describe("a run of one stage, which nothing builds on", () => {
  const [planning, preparation] = [STAGES.slice(0, 1), STAGES.slice(1, 2)];

  test("works from what another run approved; changed at its gate, that voids the approval and the gate asks again", async () => {
    const fixture = completeFixture({ stages: planning });
    expect(placeOf(await fixture.goOn(await until(fixture, "gate planning")))).toBe("completed");
    const gate = await fixture.start({ runId: "run-2", stages: preparation });
    expect(placeOf(gate)).toBe("gate preparation");
    const path = fixture.file("plan.md");
    fixture.memory.disk.set(path, `${fixture.memory.disk.get(path)}\nMore.\n`);
    const again = await fixture.goOn(gate);
    expect(infoOf(again)).toMatchObject({
      round: 2,
      notice: expect.stringMatching(/plan\.md changed after the proposal.*plan\.md changed since/),
    });
    expect(infoOf(again).digest).not.toBe(infoOf(gate).digest);
    expect(placeOf(await fixture.goOn(again))).toBe("completed");
    const late = await fixture.start({ runId: "run-3", stages: preparation });
    expect(infoOf(late)).toMatchObject({
      code: "STAGE_INPUTS_UNMET",
      reason: expect.stringContaining("changed after it was approved in run run-1"),
    });
  });

  test("an approval that was void in its run counts for no other one, also when the files are as they were", async () => {
    const fixture = completeFixture();
    const work = await until(fixture, "work implementation");
    const spec = fixture.memory.disk.get(SPEC) ?? "";
    fixture.memory.disk.set(SPEC, `${spec}\nMore.\n`);
    expect(placeOf(await fixture.goOn(await fixture.goOn(work)))).toBe("gate planning");
    fixture.memory.disk.set(SPEC, spec);
    const other = await fixture.start({ runId: "run-2", stages: preparation });
    expect(infoOf(other)).toMatchObject({
      code: "STAGE_INPUTS_UNMET",
      reason: expect.stringContaining("plan.md was not approved"),
    });
  });
});

describe("killed and taken over, in the middle of it all", () => {
  test("after any number of deaths the same stages are void, and no agent that answered is asked again", async () => {
    const fixture = completeFixture();
    const change = () => fixture.memory.disk.set(SPEC, `${fixture.memory.disk.get(SPEC)}\nMore.\n`);
    const places: string[] = [];
    let record = await fixture.start();
    for (let turn = 0; record.wait; turn++) {
      places.push(placeOf(record));
      await fixture.crash();
      if (turn === 2) change();
      record = await fixture.goOn(record);
    }
    expect(places).toEqual([
      "gate planning",
      "gate preparation",
      "work implementation",
      "hold review",
      "gate planning",
      "gate preparation",
      "work implementation",
      "gate review",
    ]);
    expect(record.status).toBe("completed");
    expect(fixture.requests).toHaveLength(5 * 7);
  });
});
