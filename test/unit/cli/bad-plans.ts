import { expect } from "vitest";
import type { FilePlace } from "../../../src/core/place.ts";
import type { Outcome } from "./harness.ts";

/** One thing that a plan should not be, and what is said of it. */
export interface BadPlan {
  /** What is given. */
  readonly name: string;
  /** Behind `wavegate plans`. */
  readonly args: readonly string[];
  readonly exit: 0 | 1 | 2;
  /** Of the error; or of a diagnostic that the answer has, where there is an answer. Undefined: there is nothing to say, it is only much. */
  readonly code?: string;
  readonly place?: Partial<FilePlace>;
  readonly hint?: RegExp;
  /** Part of the answer. */
  readonly answer?: object;
}

interface Problem {
  readonly code: string;
  readonly place?: FilePlace;
  readonly hint: string;
  readonly message: string;
}

interface Answer {
  readonly error?: Problem;
  readonly diagnostics?: readonly Problem[];
}

/** Compare what a command with `--json` printed with what its row says. */
export function checkBadPlan(row: BadPlan, { code, stdout, stderr }: Outcome): void {
  expect([code, stderr, stdout.slice(0, 400)]).toEqual([row.exit, "", expect.any(String)]);
  const answer = JSON.parse(stdout) as Answer;
  const told = answer.error ? [answer.error] : (answer.diagnostics ?? []);
  if (row.answer) expect(answer).toMatchObject(row.answer);
  if (row.code === undefined) return expect(answer.error).toBeUndefined();
  const wanted = { code: row.code, ...(row.place && { place: row.place }) };
  expect(told.slice(0, 50)).toContainEqual(expect.objectContaining({ code: row.code }));
  const found = told.filter(({ code: one }) => one === row.code);
  expect(found[0]).toMatchObject(wanted);
  for (const problem of found) {
    expect(problem.place?.file).toMatch(/\S/);
    expect(problem.hint).toMatch(row.hint ?? /^\S.*\S{2}/);
  }
}
