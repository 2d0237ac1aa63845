/** The shipped plan and the puppet that carries it out fit together: what the plan declares is what the puppet writes. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readPlanFile } from "../../../src/plan/plan-file/read-plan-file.ts";
import type { PuppetScript } from "../../../src/testing/puppet-coder/puppet-coder.ts";

const EXAMPLE = path.resolve(import.meta.dirname, "../../../examples/plan-run");
const file = "docs/plans/reports.md";
const plan = readPlanFile([
  { file, text: readFileSync(path.join(EXAMPLE, "repository", file), "utf8") },
]);
const script: PuppetScript = JSON.parse(
  readFileSync(path.join(EXAMPLE, "puppet/script.json"), "utf8"),
);

const filesOf = (key: string): readonly string[] => {
  const part = script.tasks[key];
  return (Array.isArray(part) ? part : []).flatMap((step) => {
    if ("tree" in step)
      return readdirSync(path.join(EXAMPLE, "puppet", step.tree), {
        recursive: true,
        withFileTypes: true,
      })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(
            path.join(EXAMPLE, "puppet", step.tree),
            path.join(entry.parentPath, entry.name),
          ),
        );
    const [name] = ["write", "append", "replace", "after"].flatMap((word) => step[word] ?? []);
    return name === undefined ? [] : [String(name)];
  });
};

test("the plan has what plans of its dialect have, and nothing in it is doubted", () => {
  expect(plan.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(plan.tasks.length).toBeGreaterThanOrEqual(12);
  expect(plan.phases.map(({ key }) => key)).toEqual(["1", "2", "3", "4"]);
  expect(plan.verifications.length).toBeGreaterThanOrEqual(4);
  expect(plan.sequences.length).toBe(1);
});

test.each(plan.tasks.map(({ key, files }) => ({ key, files })))(
  "the puppet writes what task $key declares, and nothing else",
  ({ key, files }) => {
    expect(files.every(({ access }) => access === "write")).toBe(true);
    expect(new Set(filesOf(key))).toEqual(new Set(files.map((each) => each.path)));
  },
);
