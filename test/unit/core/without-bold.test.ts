import { expect, test } from "vitest";
import { withoutBold } from "../../../src/core/markdown/without-bold.ts";

test.each([
  [
    "**T001** Create the __store__ of **all `x` files**:",
    "T001 Create the __store__ of all `x` files:",
  ],
  ["**1.1**: say __so much__ (**now**).", "1.1: say so much (now)."],
  ["__1.2__ Begin", "1.2 Begin"],
])("%s without bold", (text, plain) => expect(withoutBold(text)).toBe(plain));

test.each([
  "Write src/__tests__/a.test.ts and src/__tests__/b.test.ts",
  "Write pkg/__init__.py, __init__.py and __main__.py",
  "Format src/**/*.ts, **/*.md and lib/**",
  "Format `**/*.ts` and `src/__tests__/**`",
  "Call my__odd__name and foo__bar",
  "2 ** 3 ** 4",
])("%s keeps what is no emphasis", (text) => expect(withoutBold(text)).toBe(text));

test("bold around a path leaves the path", () =>
  expect(withoutBold("**src/__tests__/a.ts**: cover **`pkg/__init__.py`**")).toBe(
    "src/__tests__/a.ts: cover `pkg/__init__.py`",
  ));
