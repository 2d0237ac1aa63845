/** docs/strategy.md names what the code does. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_CORRELATION, DEFAULT_RUNS } from "../../../../src/schedule/strategy/forecast.ts";
import { THRESHOLDS } from "../../../../src/schedule/strategy/performance.ts";
import { ASSUMED } from "../../../../src/schedule/strategy/risks/assumptions.ts";
import {
  IMPACT_LEVELS,
  PROBABILITY_LEVELS,
} from "../../../../src/schedule/strategy/risks/levels.ts";
import { WATCHED_METRICS } from "../../../../src/schedule/strategy/risks/watched-metrics.ts";

const page = readFileSync(
  path.resolve(import.meta.dirname, "../../../../docs/strategy.md"),
  "utf8",
);

test("figures of the page are those of the code", () => {
  for (const metric of Object.keys(WATCHED_METRICS)) expect(page).toContain(`\`${metric}\``);
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  for (const { better, target, warning, critical } of Object.values(THRESHOLDS)) {
    const side = better === "higher" ? "<" : ">";
    const cells = `| ${target} % | ${side} ${warning} % | ${side} ${critical} % |`;
    expect(rows.some((row) => row.includes(cells))).toBe(true);
  }
  const rates = [
    ASSUMED.absencePerDay,
    ASSUMED.awayShare,
    ASSUMED.conflictPerPair,
    ASSUMED.outagePerUse,
    ASSUMED.misunderstanding,
    ASSUMED.reopened,
  ];
  const told = rows.flatMap((row) => /\| (\d+) % (?:for )?each/.exec(row)?.[1] ?? []);
  expect(told.map(Number)).toEqual(rates.map((rate) => Math.round(rate * 100)));
  const { medium, high } = PROBABILITY_LEVELS;
  expect(page).toContain(`probability medium from ${medium * 100} %, high from ${high * 100} %`);
  expect(page).toContain(
    `impact medium from ${IMPACT_LEVELS.medium * 100} %, high from ${IMPACT_LEVELS.high * 100} %`,
  );
  expect(page).toContain(`correlation ${DEFAULT_CORRELATION}`);
  expect(page).toContain(`${DEFAULT_RUNS.toLocaleString("en-US")} runs`);
});
