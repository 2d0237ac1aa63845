import fc from "fast-check";
import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { parseDuration, writeDuration } from "../../../src/core/duration.ts";
import { BUILT_IN_STAGES, STAGE_NAMES } from "../../../src/stage/built-in/stages.ts";
import { configFile } from "../../../src/stage/config/config-schema.ts";
import { reviewersOf } from "../../../src/stage/config/config.ts";
import { ANY_NAME, explainKey, pathsOf } from "../../../src/stage/config/explain-key.ts";
import { baseStage } from "../../../src/stage/config/own-stage.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";
import { stageAsOptions } from "../../../src/stage/config/stage-as-options.ts";

function stagesOf(text: string) {
  const read = readConfig(text, "w.yaml", { given: ["mine"] });
  if (!read.ok) throw new Error(JSON.stringify(read.error, null, 1));
  const names = [...new Set([...STAGE_NAMES, ...Object.keys(read.value.stages)])];
  return names.map((name) => {
    const options = read.value.stages[name] ?? {};
    const stage = resolveStage(options, baseStage(name, options));
    // Not set is off.
    return {
      stage: { ...stage, audit: stage.audit ?? false },
      reviewers: reviewersOf(read.value, name),
    };
  });
}

test.each([
  "",
  "profile: api\nroles: { qa: { agent: mine, fallback: builtin } }\ngates: { reviewers: [ada] }\n",
  `stages:
  review: { budget: { usd: 2.5, call-tokens: 9000 }, audit: true, artifacts: [security_scan.json], cache: off, retry: { initial: 1500ms } }
  planning:
    roles:
      risk: { size: simple, needs: [requirements], timeout: 90s, concurrency: 9, budget: { tokens: 5000, call-usd: 0.1 } }
      more: { title: More, agent: mine, contract: analysis_report, prompt: "Look." }
  own:
    title: Own
    roles: { one: { title: One, agent: mine, contract: analysis_report, prompt: "Look." } }
    reviewer: { agent: mine }
    synthesizer: { agent: mine, fallback: mine }
    qa: { agent: mine, stall: 1h }
    artifacts: [{ name: a.md, sections: [A, B] }, { name: b.md, required: false }]
    requires: [{ name: plan.md, approved-by: planning, or: [tasks.md] }]
    closing: { next-steps: [Go] }
`,
])("what holds, written out whole, is a configuration that makes the same: %#", (text) => {
  const stages = stagesOf(text);
  const whole = Object.fromEntries(
    stages.map(({ stage, reviewers }) => [stage.name, stageAsOptions(stage, reviewers)]),
  );
  expect(stagesOf(JSON.stringify({ stages: whole }))).toEqual(stages);
});

test("without a configuration the built-in stages are what holds", () => {
  expect(stagesOf("").map(({ stage }) => stage)).toEqual(
    STAGE_NAMES.map((name) => ({ ...resolveStage({}, BUILT_IN_STAGES[name]), audit: false })),
  );
});

test("a duration that was written is read as it was", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.constantFrom(1, 1_000, 60_000),
      (n, unit) => {
        const ms = Math.max(1, Math.floor(n / unit)) * unit;
        expect(parseDuration(writeDuration(ms))).toEqual({ ok: true, value: ms });
      },
    ),
  );
  expect([1_800_000, 90_000, 1_500, 86_400_000].map(writeDuration)).toEqual([
    "30m",
    "90s",
    "1500ms",
    "24h",
  ]);
});

test("every key says what it means, and what it takes", () => {
  const paths = pathsOf(configFile);
  expect(paths.length).toBeGreaterThan(80);
  const silent = paths.filter((path) => {
    const found = explainKey(configFile, path.join("."));
    // What a name of the user's stands for is said by the group it stands in.
    return (
      !found.ok ||
      found.value.type === "any value" ||
      (path.at(-1) !== ANY_NAME && found.value.about === "")
    );
  });
  expect(silent.map((path) => path.join("."))).toEqual([]);
});

test("no text that is asked for makes it throw", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            "stages",
            "agents",
            "roles",
            "NAME",
            "planning",
            "__proto__",
            "constructor",
            "",
          ),
          fc.string(),
        ),
      ),
      (steps) => {
        const found = explainKey(configFile, steps.join("."));
        expect(found.ok ? found.value.type : found.error).toMatch(/./);
      },
    ),
  );
});
