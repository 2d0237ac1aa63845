import { BUILT_IN_RULES } from "../../../src/stage/rules/built-in-rules.ts";
import { NOTHING_STATED } from "../../../src/stage/rules/adapting.ts";
import type { Circumstances } from "../../../src/stage/rules/circumstances.ts";
import type { ScoreName } from "../../../src/stage/rules/readings.ts";
import { readingsOf } from "./readings.ts";

const CALM = { complexity: 50, clarity: 100, uncertainty: 0, debt: 0 };

/** Circumstances in which no built-in rule fires, but for what is given. */
export const circumstances = (
  scores: Readonly<Partial<Record<ScoreName, number>>> = {},
  more: Partial<Circumstances> = {},
): Circumstances => ({
  workflow: "stage",
  readings: readingsOf({ ...CALM, ...scores }),
  resources: { limited: false, because: "8000 of 16000 MiB free, 4 cores", from: "measured" },
  implementation: "whole",
  discovery: "by-rules",
  stated: NOTHING_STATED,
  rules: BUILT_IN_RULES,
  ...more,
});
