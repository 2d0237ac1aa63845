/** Wavegate's own specification, held against its own source and tests: SC-004 of specs/001-wavegate/spec.md. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createRepository } from "../../src/adapters/repository/repository.ts";
import { measureRepository } from "../../src/repository/measure-repository.ts";
import type { Evidence, RepositoryFacts, TraceRow } from "../../src/repository/model.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SPEC = "specs/001-wavegate/spec.md";
const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");

let facts: RepositoryFacts;
beforeAll(async () => {
  facts = measureRepository({
    listing: await createRepository({ root: ROOT }).read(),
    spec: { path: SPEC, text: read(SPEC) },
    documents: { "tasks.md": read("specs/001-wavegate/tasks.md") },
  });
});

const isCriterion = ({ kind }: TraceRow) => kind === "criterion";
const isNamed = ({ basis, line }: Evidence) => basis === "id" && line !== null;
const without = (says: (row: TraceRow) => boolean) =>
  facts.traceability.rows.filter((row) => !says(row)).map(({ id }) => id);

describe("every requirement of specs/001-wavegate/spec.md", () => {
  test("is named by a file of the source and by a test, as its own (SC-004)", () => {
    expect(without((row) => isCriterion(row) || row.files.some(isNamed))).toEqual([]);
    expect(without((row) => isCriterion(row) || row.tests.some(isNamed))).toEqual([]);
  });

  test("has a task, and the files that ticked tasks name are there", () => {
    expect(without(({ done }) => done !== null)).toEqual([]);
    expect(facts.unproven).toEqual([]);
  });
});

test("nothing outside of tests looks like a secret", () => {
  expect(facts.secrets.found.filter(({ within }) => within !== "test")).toEqual([]);
  expect(facts.secrets.keyFiles).toEqual([]);
});
