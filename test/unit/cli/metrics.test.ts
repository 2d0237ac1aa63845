import { expect, test } from "vitest";
import { metricsReport } from "../../../src/history/metrics/metrics-report.ts";
import { metricsLines } from "../../../src/reporters/metrics-lines.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import { golden } from "../reporters/golden.ts";
import { REJECTED, SMOOTH, TROUBLED } from "../history/recorded-runs.ts";
import { createHarness, digestIn } from "./harness.ts";

test("metrics over time at 80 columns", () => {
  const report = {
    ...metricsReport([TROUBLED, SMOOTH, REJECTED]),
    statuses: { completed: 3 },
    since: "2026-01-01T00:00:00.000Z",
  };
  const lines = metricsLines(report, { color: false, unicode: true, width: 80 });
  const text = `${lines.join("\n")}\n`;
  expect(text).toBe(golden("metrics.txt", text));
  expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
});

test("a rating given with a decision is in the metrics of the run and over time, as JSON too", async () => {
  const { run } = createHarness();
  expect((await run(["metrics"])).stdout).toMatch(/^No runs since \d{4}-\d\d-\d\d\.\n$/);
  const planned = await run(["plan", "specs/001/spec.md"]);
  const digest = digestIn(planned.stdout).slice(0, 12);
  expect(await run(["approve", "--digest", digest, "--rate", "satisfaction=6"])).toMatchObject({
    code: 2,
  });
  expect(await run(["approve", "--digest", digest, "--rate", "documentation=3"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("satisfaction=4"),
  });
  const approved = await run(["approve", "--digest", digest, "--rate", "satisfaction=4"]);
  expect(approved.code).toBe(0);

  const shown = await run(["metrics", "latest"]);
  expect(shown.stdout).toMatch(/^1 run: 1 completed; stages: 1 planning\n/);
  expect(shown.stdout).toMatch(
    /stakeholder_satisfaction\s+4 of 5 \(of 1\), judged by the person at the gate\n/,
  );
  expect(shown.stdout).toMatch(/approval_first_attempt_rate\s+100 % \(of 1\)\n/);
  expect(shown.stdout).toMatch(/cost_usd\s+(?:unknown: no agent said|\$)/);
  const { metrics, statuses } = JSON.parse(
    (await run(["metrics", "--since", "2w", "--json"])).stdout,
  );
  expect(statuses).toEqual({ completed: 1 });
  expect(metrics).toContainEqual({
    name: "stakeholder_satisfaction",
    sources: ["S0 §6.3"],
    unit: "rating",
    judgedBy: "person",
    is: "figure",
    value: 4,
    samples: 1,
  });
});

test.each([
  [["metrics", "--since", "30"], "30d"],
  [["metrics", "--since", "0d"], "30d"],
  [["metrics", "latest", "--since", "1d"], "--since"],
])("%j is refused", async (args, hint) => {
  const { code, stderr } = await createHarness().run(args);
  expect(code).toBe(2);
  expect(stderr).toContain(hint);
});
