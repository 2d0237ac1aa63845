import { expect, test } from "vitest";
import { wrapText } from "../../../src/reporters/style.ts";

test("a figure stays on the line of its unit", () => {
  expect(wrapText("waits for workers 3.5 s, checks 1 m 5 s", 22)).toEqual([
    "waits for workers",
    "3.5 s, checks 1 m 5 s",
  ]);
  expect(wrapText("attempt 2 by s", 11)).toEqual(["attempt 2", "by s"]);
});
