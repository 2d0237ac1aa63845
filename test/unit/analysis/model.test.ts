import { expectTypeOf, test } from "vitest";
import type { Figure, Places, Statement } from "../../../src/analysis/model.ts";

test("a statement that rests on nothing does not compile", () => {
  const figure: Figure = { value: 3, unit: "tasks" };
  const places: Places = [{ file: "docs/plans/core.md", line: 3 }];
  expectTypeOf({ text: "Three tasks.", figure }).toExtend<Statement>();
  expectTypeOf({ text: "Three tasks.", places }).toExtend<Statement>();
  expectTypeOf({ text: "Three tasks." }).not.toExtend<Statement>();
  expectTypeOf({ text: "Three tasks.", places: [] as const }).not.toExtend<Statement>();
});
