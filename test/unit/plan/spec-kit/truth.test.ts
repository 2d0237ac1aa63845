/** What a person read out of tasks.md files, and what the reader finds: look-alikes, and real samples where they are at hand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/plan/model.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";
import { strictReading } from "../strict-reading.ts";
import { compareWithTruth, recallOf, type Truth } from "../truth.ts";

interface SpecKitTruth extends Truth {
  /** The sample that it is of; it holds no titles then. */
  readonly sample?: string;
  /** What phases are said to wait for beyond Spec Kit's own order. */
  readonly phaseDependencies: readonly (readonly [dependency: string, dependent: string])[];
}

const FIXTURES = path.resolve(import.meta.dirname, "../../../fixtures/plans");
const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples");

const truthsIn = (folder: string): readonly [name: string, truth: SpecKitTruth][] =>
  readdirSync(folder)
    .filter((file) => /^spec-kit-.*\.truth\.json$/.test(file))
    .map((file) => [
      file.replace(".truth.json", ""),
      JSON.parse(readFileSync(path.join(folder, file), "utf8")) as SpecKitTruth,
    ]);

function compare(text: string, truth: SpecKitTruth) {
  const whole = readSpecKit([{ file: "tasks.md", text }]);
  const plan: Plan =
    truth.sample === undefined
      ? whole
      : { ...whole, phases: whole.phases.map((phase) => ({ ...phase, title: "" })) };
  const stated = plan.phases.flatMap(({ key, after }) =>
    after
      .filter(({ origin }) => origin === "explicit")
      .map(({ phase }) => `${key} waits for ${phase}`),
  );
  const wanted = truth.phaseDependencies.map(
    ([dependency, dependent]) => `${dependent} waits for ${dependency}`,
  );
  return { ...compareWithTruth(plan, truth), phaseDependencies: recallOf(stated, wanted) };
}

const misses = (text: string, truth: SpecKitTruth) =>
  Object.entries(compare(text, truth)).flatMap(([what, { missing, wrong }]) => [
    ...missing.map((one) => `${what} misses ${one}`),
    ...wrong.map((one) => `${what} has ${one}`),
  ]);

test.each(truthsIn(FIXTURES))("%s", (name, truth) => {
  const text = readFileSync(path.join(FIXTURES, `${name}.md`), "utf8");
  expect(misses(text, truth)).toEqual([]);
  expect(misses(text.replaceAll("\n", "\r\n"), truth)).toEqual([]);
  expect(misses(`\uFEFF${text}`, truth)).toEqual([]);
});

const samples = truthsIn(path.join(FIXTURES, "samples")).filter(([, { sample = "" }]) =>
  existsSync(path.join(SAMPLES, sample)),
);

describe.skipIf(samples.length === 0)(
  "real tasks.md (skipped where ../shared/samples is absent)",
  () => {
    test.each(samples)("%s", (_, truth) => {
      expect(misses(readFileSync(path.join(SAMPLES, truth.sample ?? ""), "utf8"), truth)).toEqual(
        [],
      );
    });
  },
);

test("the strict grammar finds less in the same files", () => {
  const text = readFileSync(path.join(FIXTURES, "spec-kit-loose.md"), "utf8");
  const [, truth] = truthsIn(FIXTURES).find(([name]) => name === "spec-kit-loose") ?? [];
  const { recall } = recallOf(
    strictReading(text).map(({ key }) => key),
    truth?.tasks.map(({ key }) => key) ?? [],
  );
  expect(recall).toBeLessThan(0.5);
});
