import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_DURATION_MS, formatDuration, parseDuration } from "../../../src/core/duration.ts";
import { checkAnswer } from "../../../src/stage/answer.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { decide } from "../../../src/stage/gate.ts";
import { limitsFor, PROFILES } from "../../../src/stage/profiles.ts";
import { buildPrompt, buildRepairPrompt } from "../../../src/stage/prompts.ts";
import { tally } from "../../../src/stage/quorum.ts";
import { REACTIONS, reactionTo } from "../../../src/stage/failures.ts";
import { chanceOf, nextMove, WAITS } from "../../../src/stage/retry.ts";

const ROLES = ["requirements", "architecture", "risk", "estimation"];
const voted = (...succeeded: string[]) => tally(PLANNING.quorum, ROLES, new Set(succeeded));

describe("quorum (ST-06)", () => {
  test("requirements and two others are enough", () => {
    expect(voted("requirements", "architecture", "risk")).toEqual({
      met: true,
      missing: ["estimation"],
    });
  });
  test("three without requirements are not", () => {
    expect(voted("architecture", "risk", "estimation")).toMatchObject({
      met: false,
      because: "required",
    });
  });
  test("requirements and one other are too few", () => {
    expect(voted("requirements", "risk")).toMatchObject({ met: false, because: "minimum" });
  });
  test("the ratio counts where the minimum would allow it", () => {
    expect(
      tally({ minimum: 1, ratio: 0.75, required: [] }, ROLES, new Set(["risk", "estimation"])),
    ).toMatchObject({ met: false, because: "ratio" });
  });
  test("a ratio that gives a whole number needs exactly that many", () => {
    const roles = Array.from({ length: 25 }, (_, index) => `role-${index}`);
    const met = (count: number) =>
      tally({ minimum: 1, ratio: 0.28, required: [] }, roles, new Set(roles.slice(0, count))).met;
    expect([met(6), met(7)]).toEqual([false, true]);
  });
  test("is met exactly when all three fields hold, for all percentages and numbers of roles", () => {
    const sizes = fc.integer({ min: 1, max: 50 }).chain((size) => {
      const roles = Array.from({ length: size }, (_, index) => `role-${index}`);
      return fc.record({
        roles: fc.constant(roles),
        succeeded: fc.subarray(roles),
        required: fc.subarray(roles, { maxLength: Math.min(3, size) }),
        minimum: fc.integer({ min: 0, max: size }),
        percent: fc.integer({ min: 0, max: 100 }),
      });
    });
    fc.assert(
      fc.property(sizes, ({ roles, succeeded, required, minimum, percent }) => {
        const ratio = percent / 100;
        const { met } = tally({ minimum, ratio, required }, roles, new Set(succeeded));
        expect(met).toBe(
          required.every((role) => succeeded.includes(role)) &&
            succeeded.length >= minimum &&
            succeeded.length * 100 >= percent * roles.length,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("retry (ST-04)", () => {
  const crashed = { kind: "crashed", message: "exit 1" };
  const policy = { retries: 2, initialMs: 1000, maxMs: 30_000 };
  test("two retries after the first attempt, then give up", () => {
    expect(nextMove(policy, [], 0).move).toBe("retry");
    expect(nextMove(policy, [crashed], 0.5)).toEqual({ move: "retry", waitMs: 1000 });
    expect(nextMove(policy, [crashed, crashed], 0.5)).toEqual({ move: "retry", waitMs: 2000 });
    expect(nextMove(policy, [crashed, crashed, crashed], 0.5).move).toBe("give-up");
  });
  test("a wrong answer is asked for once more, in the same attempt or another; whatever else happens counts for itself", () => {
    const wrong = { kind: "invalid-output", message: "no JSON" };
    const many = { ...policy, retries: 10 };
    const moves = (...failures: Parameters<typeof nextMove>[1]) => nextMove(many, failures, 0).move;
    expect(moves(wrong)).toBe("retry");
    expect(moves(wrong, wrong)).toBe("give-up");
    expect(moves({ ...wrong, repaired: true })).toBe("give-up");
    expect(moves(wrong, crashed)).toBe("retry");
    expect(moves(wrong, crashed, wrong)).toBe("retry");
    expect(nextMove({ ...policy, retries: 0 }, [wrong], 0).move).toBe("give-up");
  });
  test("Retry-After is never cut short, whatever the maximum", () => {
    const limited = { kind: "rate-limited", message: "429", retryAfterMs: 90_000 };
    expect(nextMove(policy, [limited], 0)).toEqual({ move: "retry", waitMs: 90_000 });
  });
  test("what another attempt cannot mend is given up at once", () => {
    for (const kind of ["not-installed", "refused", "canceled", "stage-timeout"])
      expect(nextMove(policy, [{ kind, message: "no" }], 0)).toEqual({
        move: "give-up",
        because: "no",
      });
  });
  test("what grew too long while it was worked on is asked for with less once; a request that was too long as it was is not", () => {
    const many = { ...policy, retries: 10 };
    const long = { kind: "context-too-long", message: "too long" };
    const moves = (...failures: Parameters<typeof nextMove>[1]) => nextMove(many, failures, 0).move;
    expect(moves(long)).toBe("retry");
    expect(moves(long, long)).toBe("give-up");
    expect(moves(long, crashed, long)).toBe("give-up");
    expect(moves({ ...long, unused: true })).toBe("give-up");
    expect(moves({ ...crashed, unused: true })).toBe("retry");
    expect(nextMove({ ...policy, retries: 0 }, [long], 0).move).toBe("give-up");
  });
  test("for a login or a used-up plan a person is needed at once, unless the plan begins anew in time", () => {
    const quota = { kind: "quota", message: "used up", retryAfterMs: 5_000 };
    const move = (failure: typeof quota | typeof crashed, remainingMs: number) =>
      nextMove({ ...policy, agent: "mine", remainingMs }, [failure], 0);
    expect(move({ kind: "auth", message: "log in" }, Infinity)).toMatchObject({
      move: "give-up",
      mend: { code: "AGENT_NOT_LOGGED_IN", message: expect.stringContaining("mine") },
    });
    expect(move(quota, 60_000)).toEqual({ move: "retry", waitMs: 5_000 });
    expect(move(quota, 5_000)).toMatchObject({
      move: "give-up",
      mend: { code: "AGENT_QUOTA_USED_UP", message: expect.stringContaining("5.0 s") },
    });
  });
  test("when the stage's time is used up by waiting, that is what has to be mended", () => {
    const busy = { kind: "overloaded", message: "529" };
    const late = { kind: "stage-timeout", message: "used up" };
    expect(nextMove(policy, [busy, late], 0)).toMatchObject({
      mend: { code: "AGENT_PROVIDER_BUSY" },
    });
    expect(nextMove(policy, [crashed, late], 0)).not.toHaveProperty("mend");
  });
  test("whatever fails, an agent's attempts are bounded, and a provider's trouble takes none of its own", () => {
    const kinds = Object.keys(REACTIONS);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...kinds), { minLength: 40, maxLength: 60 }),
        fc.integer({ min: 0, max: 10 }),
        fc.boolean(),
        (drawn, retries, fallback) => {
          const failures: { kind: string; message: string }[] = [];
          const own = { ...policy, retries, fallback };
          while (nextMove(own, failures, 0.5).move === "retry")
            failures.push({ kind: drawn[failures.length] ?? "crashed", message: "no" });
          const count = (reaction: string) =>
            failures.filter(({ kind }) => reactionTo(kind) === reaction).length;
          expect(count("retry")).toBeLessThanOrEqual(retries + 1);
          expect(count("wait")).toBeLessThanOrEqual(
            (fallback ? WAITS.beforeFallback : WAITS.most) + 1,
          );
          const ends = failures.length - count("retry") - count("wait");
          expect(ends).toBeLessThanOrEqual(1);
          if (ends === 0)
            expect(
              count("retry") > retries ||
                failures.filter(({ kind }) => kind === "context-too-long").length > 1 ||
                count("wait") > (fallback ? WAITS.beforeFallback : WAITS.most),
            ).toBe(true);
        },
      ),
    );
  });
  test("waits stay between half the base and the maximum", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, chance) => {
          const next = nextMove(
            { retries: 20, initialMs: 100, maxMs: 5000 },
            Array.from({ length: failures }, () => crashed),
            chance,
          );
          if (next.move !== "retry") throw new Error("gave up early");
          expect(next.waitMs).toBeGreaterThanOrEqual(50);
          expect(next.waitMs).toBeLessThanOrEqual(5000);
        },
      ),
    );
  });
  test("jitter depends on the text alone and lies in [0, 1)", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(chanceOf(text)).toBe(chanceOf(text));
        expect(chanceOf(text)).toBeGreaterThanOrEqual(0);
        expect(chanceOf(text)).toBeLessThan(1);
      }),
    );
    expect(chanceOf("a")).not.toBe(chanceOf("b"));
  });
});

describe("gate (ST-11, ST-12)", () => {
  const gate = { stage: "planning", digest: "7d4f0c12ab34ef56", artifacts: [{ name: "plan.md" }] };
  const by = { by: "ann", at: "2026-01-01T00:00:00.000Z" };
  test("a decision is bound to the whole digest, named by a prefix of six", () => {
    expect(decide(gate, { ...by, kind: "approve", digest: "7d4f0c" })).toMatchObject({
      ok: true,
      value: { kind: "approve", digest: gate.digest, by: "ann" },
    });
  });
  test.each([
    [{ kind: "approve", digest: "7d4f0" }, "GATE_DIGEST_REQUIRED"],
    [{ kind: "approve", digest: "" }, "GATE_DIGEST_REQUIRED"],
    [{ kind: "approve", digest: "aaaaaa" }, "GATE_STALE_DIGEST"],
    [{ kind: "approve", digest: `${gate.digest}00` }, "GATE_STALE_DIGEST"],
    [{ kind: "reject", digest: "7d4f0c" }, "GATE_REASON_REQUIRED"],
    [{ kind: "reject", digest: "7d4f0c", reason: "  " }, "GATE_REASON_REQUIRED"],
    [{ kind: "modify", digest: "7d4f0c" }, "GATE_CHANGES_REQUIRED"],
    [{ kind: "modify", digest: "7d4f0c", changes: " \n" }, "GATE_CHANGES_REQUIRED"],
    [{ kind: "modify", digest: "7d4f0c", edits: { "other.md": "x" } }, "USAGE"],
    [{ kind: "modify", digest: "7d4f0c", changes: "x", edits: { "other.md": "x" } }, "USAGE"],
    [{ kind: "approve", digest: "7d4f0c", changes: "x" }, "USAGE"],
    [{ kind: "approve", digest: "7d4f0c", edits: { "plan.md": "x" } }, "USAGE"],
    [{ kind: "reject", digest: "7d4f0c", reason: "no", edits: { "plan.md": "x" } }, "USAGE"],
    [{ kind: "approve", digest: "7d4f0c", by: "" }, "USAGE"],
    [{ kind: "approve", digest: "7d4f0c", by: " \t" }, "USAGE"],
  ] as const)("%j is refused with %s", (request, code) => {
    const decided = decide(gate, { ...by, ...request });
    expect(decided).toMatchObject({ ok: false, error: { code } });
    expect(!decided.ok && decided.error.hint).toBeTruthy();
  });
  test("blank text is none: an edited file is not written over because of blank changes", () => {
    const blank = { reason: " ", changes: "  " };
    const edits = { "plan.md": "# Mine\n" };
    expect(
      decide(gate, { ...by, kind: "modify", digest: "7d4f0c", ...blank, edits }),
    ).toMatchObject({
      ok: true,
      value: { reason: null, changes: null, edits },
    });
    expect(decide(gate, { ...by, kind: "approve", digest: "7d4f0c", ...blank })).toMatchObject({
      ok: true,
      value: { reason: null, changes: null, edits: null },
    });
  });
});

describe("timeouts (ST-03)", () => {
  test("profile api has the numbers of the source", () => {
    expect(PROFILES.api).toEqual({
      agentMs: 30_000,
      stallMs: 30_000,
      reviewMs: 15_000,
      synthesisMs: 20_000,
      qaMs: 10_000,
      stageMs: 120_000,
    });
  });
  test("complex doubles, simple takes a third, an own timeout wins, stall never exceeds it", () => {
    const [role] = PLANNING.roles;
    if (!role) throw new Error("no roles");
    const limits = (changes: object) =>
      limitsFor(PROFILES.api, { ...role, ...changes }, "analysis").timeoutMs;
    expect([limits({ size: "complex" }), limits({ size: "simple" }), limits({})]).toEqual([
      60_000, 10_000, 30_000,
    ]);
    expect(limitsFor(PROFILES.api, { ...role, timeoutMs: 5 }, "qa")).toEqual({
      timeoutMs: 5,
      stallMs: 5,
    });
  });
});

describe("prompts", () => {
  const [role] = PLANNING.roles;
  if (!role) throw new Error("no roles");
  const parts = { stage: "planning", feature: "Pocket money", role, schema: {}, failures: [] };
  test("each retry differs from the attempt before and says why that failed", () => {
    const failure = { kind: "timeout", message: "no answer in 30 s" };
    const prompts = [0, 1, 2].map((count) =>
      buildPrompt({ ...parts, inputs: {}, failures: Array.from({ length: count }, () => failure) }),
    );
    expect(new Set(prompts).size).toBe(3);
    expect(prompts[0]).not.toContain("failed");
    expect(prompts[1]).toContain("no answer in 30 s");
  });
  test("S0 §4.2, S2 §4: each retry asks for less than the attempt before", () => {
    const failure = { kind: "timeout", message: "no answer in 30 s" };
    const [, second = "", third = ""] = [0, 1, 2].map((count) =>
      buildPrompt({ ...parts, inputs: {}, failures: Array.from({ length: count }, () => failure) }),
    );
    expect(second).toContain("leave optional parts out");
    expect(third).toContain("the required fields only");
  });
  test("a repair shows the problems and the answer", () => {
    const repair = buildRepairPrompt("P", '{"a":1}', ["a: expected string"]);
    expect(repair).toContain("a: expected string");
    expect(repair).toContain('{"a":1}');
  });
  test("every built-in prompt names the feature and no unknown placeholder", () => {
    for (const each of [...PLANNING.roles, PLANNING.reviewer, PLANNING.synthesizer, PLANNING.qa]) {
      const prompt = buildPrompt({ ...parts, role: each, inputs: {} });
      expect(prompt).toContain("Pocket money");
      expect(prompt).not.toMatch(/\{[a-z]+\}/);
    }
  });
});

test("an answer that does not match says where, at most a dozen lines", () => {
  const checked = checkAnswer("review_summary", { review_summary: { quality_score: 101 } });
  expect(checked).toMatchObject({ ok: false });
  expect(!checked.ok && checked.error.join()).toContain("review_summary.quality_score");
  const many = checkAnswer("requirements_dossier", {
    requirements_dossier: { functional: Array.from({ length: 99 }, () => ({})) },
  });
  expect(!many.ok && many.error).toHaveLength(13);
});

describe("durations", () => {
  test.each([
    ["30s", 30_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["2d", 172_800_000],
  ])("%s", (text, ms) => expect(parseDuration(text)).toEqual({ ok: true, value: ms }));
  test.each(["soon", "30", "", "-1s", "0s", "1e3s", "25d", "NaNs", "Infinitys", "1 s s"])(
    "%j is refused",
    (text) => expect(parseDuration(text).ok).toBe(false),
  );
  test("whatever is accepted is a timer that does not fire at once", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseDuration(text);
        if (parsed.ok) {
          expect(parsed.value).toBeGreaterThan(0);
          expect(parsed.value).toBeLessThanOrEqual(MAX_DURATION_MS);
        }
      }),
    );
  });
  test("for people", () => {
    expect([850, 4234, 185_000, 7_800_000, 90_000_000].map(formatDuration)).toEqual([
      "850 ms",
      "4.2 s",
      "3 m 5 s",
      "2 h 10 m",
      "1 d 1 h",
    ]);
  });
});
