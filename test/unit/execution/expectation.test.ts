import { expect, test } from "vitest";
import { unmet, type Expectation } from "../../../src/execution/expectation.ts";

const number = (
  is: Extract<Expectation, { readonly kind: "number" }>["is"],
  value: number,
): Expectation => ({ kind: "number", is, value });

test.each<readonly [Expectation, number, readonly string[], string | undefined]>([
  [{ kind: "success" }, 0, [], undefined],
  [{ kind: "success" }, 2, ["x"], "exit code 2"],
  [{ kind: "failure" }, 2, [], undefined],
  [{ kind: "failure" }, 0, [], "exit code 0, though it should fail"],
  [{ kind: "exit", code: 2 }, 2, [], undefined],
  [{ kind: "exit", code: 2 }, 0, [], "exit code 0, not 2"],
  // grep -c ends with 1 where it counts 0
  [number("==", 0), 1, ["0"], undefined],
  [number(">=", 4), 0, ["noise", " 12 "], undefined],
  [number(">=", 4), 0, ["3"], "3 was printed, not >= 4"],
  [number("<", 5), 0, ["5"], "5 was printed, not < 5"],
  [number(">", 0), 0, ["a.md:3"], "no number was printed"],
  [number(">", 0), 2, [], "no number was printed"],
  [{ kind: "output" }, 0, ["found"], undefined],
  [{ kind: "output" }, 0, [], "exit code 0, and nothing was printed"],
  [{ kind: "output" }, 1, [], "exit code 1, and nothing was printed"],
  [{ kind: "empty" }, 1, [], undefined],
  [{ kind: "empty" }, 0, [], undefined],
  [{ kind: "empty" }, 0, ["a"], "something was printed"],
  // grep could not read the folder
  [{ kind: "empty" }, 2, [], "exit code 2"],
  [{ kind: "prints", text: "v24" }, 0, ["v24.18.0"], undefined],
  [{ kind: "prints", text: "v24" }, 0, ["v20"], '"v24" was not printed'],
])("%j, exit code %i, printed %j: %s", (expected, exit, printed, instead) => {
  expect(unmet(expected, { exit, printed })).toBe(instead);
});
