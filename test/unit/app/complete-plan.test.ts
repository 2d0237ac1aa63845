import { expect, test } from "vitest";
import { completePlan } from "../../../src/app/complete-plan.ts";

const stages = (from?: "plan" | "prepare" | "review", until?: "plan" | "prepare" | "review") =>
  completePlan({ spec: "s", ...(from && { from }), ...(until && { until }) }).stages;

test("the stages that are asked for, in their order", () => {
  expect(stages()).toEqual(["discovery", "planning", "preparation", "review"]);
  expect(stages("prepare")).toEqual(["preparation", "review"]);
  expect(stages(undefined, "prepare")).toEqual(["discovery", "planning", "preparation"]);
  expect(stages("review", "review")).toEqual(["review"]);
});

test.each([
  ["prepare", "plan"],
  ["review", "plan"],
  ["review", "prepare"],
] as const)("none lies from %s until %s", (from, until) => {
  expect(() => stages(from, until)).toThrow(`Nothing lies from ${from} until ${until}`);
});

test("what only a review makes is not asked for without one", () => {
  expect(() => completePlan({ spec: "s", until: "prepare", audit: true })).toThrow("no review");
  const artifacts: ["security_scan.json"] = ["security_scan.json"];
  expect(() => completePlan({ spec: "s", until: "plan", artifacts })).toThrow("no review");
  expect(completePlan({ spec: "s", audit: true, artifacts }).stages).toContain("review");
});

test("phases are not asked for without a preparation that cuts them", () => {
  const phased = { spec: "s", implementation: "phased" } as const;
  expect(() => completePlan({ ...phased, until: "plan" })).toThrow("no preparation");
  expect(() => completePlan({ ...phased, from: "review" })).toThrow("no preparation");
  expect(completePlan({ ...phased, from: "prepare" }).stages).toContain("preparation");
});
