import { expect, test } from "vitest";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";
import { memoryLimit } from "../../../src/stage/memory-limit.ts";

const MIB = 2 ** 20;

test.each([
  ["api", "normal", {}, {}, 256],
  ["api", "simple", {}, {}, 256],
  ["api", "complex", {}, {}, 512],
  ["coding-agent", "normal", {}, {}, null],
  ["coding-agent", "complex", {}, {}, null],
  ["coding-agent", "normal", { memoryMib: 2_048 }, {}, 2_048],
  ["api", "complex", { memoryMib: 0 }, {}, null],
  ["api", "normal", { memoryMib: 1_024 }, { memoryMib: 0 }, null],
  ["api", "normal", {}, { memoryMib: 64 }, 64],
] as const)("S1 §7.2: %s, %s, stage %j, role %j: %s MiB", (...row) => {
  const [profile, size, stage, role, mib] = row;
  const limit = memoryLimit({ profile, ...stage }, { size, ...role });
  expect(limit).toBe(mib === null ? null : mib * MIB);
});

test("the configuration sets it for a stage and for a role", () => {
  const stage = resolveStage({ memory: 700, roles: { risk: { memory: 0 } } }, PLANNING);
  const limits = stage.roles.map((role) => [role.name, memoryLimit(stage, role)]);
  expect(Object.fromEntries(limits)).toMatchObject({ requirements: 700 * MIB, risk: null });
});
