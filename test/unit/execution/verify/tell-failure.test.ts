/** What is told of commands that failed, by outputs as their programs print them. */
import { expect, test } from "vitest";
import { fromProject } from "../../../../src/execution/verify/from-project.ts";
import { sumIn } from "../../../../src/execution/verify/sum-in.ts";
import { tellFailure } from "../../../../src/execution/verify/tell-failure.ts";

const TAP = `
TAP version 13
# node:internal/modules/cjs/loader:1210
# Error: Cannot find module './nothing.js'
# Require stack:
#     at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)
#     at Object.<anonymous> (test/broken.test.js:1:1)
#   code: 'MODULE_NOT_FOUND',
# Node.js v20.20.2
# Subtest: test/broken.test.js
not ok 1 - test/broken.test.js
  ---
  duration_ms: 150.967247
  location: 'test/broken.test.js:1:1'
  failureType: 'testCodeFailure'
  exitCode: 1
  error: 'test failed'
  code: 'ERR_TEST_FAILURE'
  ...
# Subtest: money
    # Subtest: adds
    ok 1 - adds
      ---
      duration_ms: 0.61048
      ...
    # Subtest: shares cents
    not ok 2 - shares cents
      ---
      duration_ms: 0.911804
      location: 'test/money.test.js:5:3'
      failureType: 'testCodeFailure'
      error: |-
        Expected values to be strictly equal:
        
        3 !== 4
        
      code: 'ERR_ASSERTION'
      name: 'AssertionError'
      expected: 4
      actual: 3
      operator: 'strictEqual'
      stack: |-
        TestContext.<anonymous> (test/money.test.js:5:39)
        Test.run (node:internal/test_runner/test:835:12)
      ...
    # Subtest: rounds
    not ok 3 - rounds # TODO half cents
      ---
      error: 'not yet'
      ...
    1..3
not ok 2 - money
  ---
  type: 'suite'
  location: 'test/money.test.js:3:1'
  failureType: 'subtestsFailed'
  error: '1 subtest failed'
  ...
1..2
# tests 4
# pass 1
# fail 2
# duration_ms 272.289503
`;

const SPEC = `
▶ money
  ✔ adds (0.645049ms)
  ✖ shares cents (1.998901ms)
    AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:
    + actual - expected
    
      {
        a: [
    +     1
    -     2
        ]
      }
        at TestContext.<anonymous> (test/money.test.js:5:39)
        at Test.run (node:internal/test_runner/test:835:12) {
      generatedMessage: true,
    }

✖ money (6.362378ms)
ℹ tests 2
ℹ pass 1
ℹ fail 1
ℹ duration_ms 232.028869

✖ failing tests:

test at test/money.test.js:5:3
✖ shares cents (1.998901ms)
  AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:
  + actual - expected
  
    {
      a: [
  +     1
  -     2
      ]
    }
      at TestContext.<anonymous> (test/money.test.js:5:39)
`;

const VITEST = `
 RUN  v4.0.1 /home/ann/pennybook

 ❯ test/money.test.ts (3 tests | 2 failed) 8ms
   ✓ money > adds 1ms
   × money > shares cents 4ms
     → expected { a: [ 1 ] } to deeply equal { a: [ 2 ] }
   × throws 1ms
     → no such currency: XXX

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 2 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  test/money.test.ts > money > shares cents
AssertionError: expected { a: [ 1 ] } to deeply equal { a: [ 2 ] }

- Expected
+ Received

  {
    "a": [
-     2,
+     1,
    ],
  }

 ❯ test/money.test.ts:7:20
      7|     expect(share(1)).toBe(4);
       |                      ^

 FAIL  test/money.test.ts > throws
TypeError: no such currency: XXX
 ❯ share src/money.ts:3:9
 ❯ test/money.test.ts:11:3

 Test Files  1 failed (1)
      Tests  2 failed | 1 passed (3)
   Duration  312ms (transform 40ms, setup 0ms, import 50ms, tests 8ms, environment 0ms)
`;

const JEST = `
PASS test/dates.test.js
FAIL test/money.test.js
  money
    ✓ adds (1 ms)
    ✕ shares cents (3 ms)

  ● money › shares cents

    expect(received).toBe(expected) // Object.is equality

    Expected: 4
    Received: 3

    > 6 |     expect(share(1)).toBe(4);
        |                      ^

      at Object.toBe (test/money.test.js:6:22)

FAIL test/broken.test.js
  ● Test suite failed to run

    Cannot find module './nothing' from 'test/broken.test.js'

      at Resolver._throwModNotFoundError (node_modules/jest-resolve/build/resolver.js:427:11)
      at Object.require (test/broken.test.js:1:1)

Test Suites: 2 failed, 1 passed, 3 total
Tests:       1 failed, 4 passed, 5 total
Time:        0.512 s
Ran all test suites.
`;

const MOCHA = `
  money
    ✔ adds
    1) shares cents

  1 passing (4ms)
  1 failing

  1) money
       shares cents:

      AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:

3 !== 4

      at Context.<anonymous> (test/money.test.js:5:12)
`;

const PYTEST = `
============================= test session starts ==============================
collected 2 items / 1 error

==================================== ERRORS ====================================
_______________________ ERROR collecting test_broken.py ________________________
ImportError while importing test module '/home/ann/pennybook/test_broken.py'.
Traceback:
/usr/lib/python3.11/importlib/__init__.py:126: in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
test_broken.py:1: in <module>
    import nothing_here
E   ModuleNotFoundError: No module named 'nothing_here'
=================================== FAILURES ===================================
_____________________________ TestMoney.test_share _____________________________

    def test_share(self):
>       assert sum([1, 2]) == 4, "cents are lost"
E       AssertionError: cents are lost
E       assert 3 == 4

test_money.py:4: AssertionError
=========================== short test summary info ============================
ERROR test_broken.py
FAILED test_money.py::TestMoney::test_share - AssertionError: cents are lost
========================= 1 failed, 1 passed, 1 error in 0.55s ==================
`;

const PYTEST_SHORT = `
FF.                                                                      [100%]
=========================== short test summary info ============================
FAILED test_money.py::TestMoney::test_share - AssertionError: cents are lost
FAILED test_money.py::test_throws - ValueError: no such currency: XXX
2 failed, 1 passed in 0.54s
`;

const UNITTEST = `
FE
======================================================================
ERROR: test_parse (test_dates.Dates)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ann/pennybook/test_dates.py", line 6, in test_parse
    raise KeyError("a")
KeyError: 'a'

======================================================================
FAIL: test_share (test_money.Money)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ann/pennybook/test_money.py", line 4, in test_share
    self.assertEqual(3, 4)
AssertionError: 3 != 4

----------------------------------------------------------------------
Ran 2 tests in 0.000s

FAILED (failures=1, errors=1)
`;

const GO = `
--- FAIL: TestShare (0.00s)
    money_test.go:12: got 3, want 4
    --- FAIL: TestShare/negative (0.00s)
        money_test.go:20: got -3, want -4
FAIL
FAIL\texample.com/pennybook/money\t0.003s
ok  \texample.com/pennybook/dates\t0.002s
FAIL
`;

const GO_BUILD = `
# example.com/pennybook/money
./money.go:5:2: undefined: cents
FAIL\texample.com/pennybook/money [build failed]
FAIL
`;

const CARGO = `
running 2 tests
test tests::adds ... ok
test tests::shares_cents ... FAILED

failures:

---- tests::shares_cents stdout ----

thread 'tests::shares_cents' panicked at src/lib.rs:12:9:
assertion \`left == right\` failed
  left: 3
 right: 4
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace


failures:
    tests::shares_cents

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

error: test failed, to rerun pass \`--lib\`
`;

const TSC = `
src/money.ts(3,9): error TS2322: Type 'string' is not assignable to type 'number'.
src/dates.ts(7,1): error TS2304: Cannot find name 'parse'.
`;

const CRASH = `
bin/pennybook.js:4
  throw new Error("no journal was named");
  ^

Error: no journal was named
    at Object.<anonymous> (bin/pennybook.js:4:9)
    at Module._compile (node:internal/modules/cjs/loader:1521:14)

Node.js v20.20.2
`;

const ESLINT = `
src/money.js
  3:7  error  'cents' is assigned a value but never used  no-unused-vars

✖ 1 problem (1 error, 0 warnings)
`;

const lines = (text: string): readonly string[] =>
  text.split("\n").filter((line) => line.trim() !== "");

test.each<readonly [string, string, string, readonly string[]]>([
  [
    "TAP",
    TAP,
    "not ok 1 - test/broken.test.js: Error: Cannot find module './nothing.js' (and 1 more)",
    [
      "not ok 1 - test/broken.test.js",
      "Error: Cannot find module './nothing.js'",
      "at Object.<anonymous> (test/broken.test.js:1:1)",
      "not ok 2 - shares cents",
      "Expected values to be strictly equal:",
      "3 !== 4",
      "expected: 4",
      "actual: 3",
      "location: 'test/money.test.js:5:3'",
    ],
  ],
  [
    "node's spec reporter",
    SPEC,
    "✖ shares cents: AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: + actual - expected",
    [
      "✖ shares cents",
      "AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:",
      "+ actual - expected",
      "a: [",
      "+     1",
      "-     2",
      "at TestContext.<anonymous> (test/money.test.js:5:39)",
    ],
  ],
  [
    "vitest",
    VITEST,
    "FAIL  test/money.test.ts > money > shares cents: AssertionError: expected { a: [ 1 ] } to deeply equal { a: [ 2 ] } (and 1 more)",
    [
      "FAIL  test/money.test.ts > money > shares cents",
      "AssertionError: expected { a: [ 1 ] } to deeply equal { a: [ 2 ] }",
      "-     2,",
      "+     1,",
      "❯ test/money.test.ts:7:20",
      "FAIL  test/money.test.ts > throws",
      "TypeError: no such currency: XXX",
      "❯ test/money.test.ts:11:3",
    ],
  ],
  [
    "jest",
    JEST,
    "● money › shares cents: expect(received).toBe(expected) // Object.is equality (and 1 more)",
    [
      "● money › shares cents",
      "expect(received).toBe(expected) // Object.is equality",
      "Expected: 4",
      "Received: 3",
      "at Object.toBe (test/money.test.js:6:22)",
      "● Test suite failed to run",
      "Cannot find module './nothing' from 'test/broken.test.js'",
      "at Object.require (test/broken.test.js:1:1)",
    ],
  ],
  [
    "mocha",
    MOCHA,
    "1) money: shares cents: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal: 3 !== 4",
    [
      "1) money",
      "shares cents:",
      "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:",
      "3 !== 4",
      "at Context.<anonymous> (test/money.test.js:5:12)",
    ],
  ],
  [
    "pytest",
    PYTEST,
    "ERROR collecting test_broken.py: ModuleNotFoundError: No module named 'nothing_here' (and 1 more)",
    [
      "ERROR collecting test_broken.py",
      "ModuleNotFoundError: No module named 'nothing_here'",
      "test_broken.py:1: in <module>",
      "TestMoney.test_share",
      "AssertionError: cents are lost",
      "assert 3 == 4",
      "test_money.py:4: AssertionError",
    ],
  ],
  [
    "pytest without tracebacks",
    PYTEST_SHORT,
    "FAILED test_money.py::TestMoney::test_share - AssertionError: cents are lost (and 1 more)",
    [
      "FAILED test_money.py::TestMoney::test_share - AssertionError: cents are lost",
      "FAILED test_money.py::test_throws - ValueError: no such currency: XXX",
    ],
  ],
  [
    "unittest",
    UNITTEST,
    "ERROR: test_parse (test_dates.Dates): KeyError: 'a' (and 1 more)",
    [
      "ERROR: test_parse (test_dates.Dates)",
      "KeyError: 'a'",
      "FAIL: test_share (test_money.Money)",
      "AssertionError: 3 != 4",
    ],
  ],
  [
    "go test",
    GO,
    "--- FAIL: TestShare: money_test.go:12: got 3, want 4 (and 1 more)",
    [
      "--- FAIL: TestShare",
      "money_test.go:12: got 3, want 4",
      "--- FAIL: TestShare/negative",
      "money_test.go:20: got -3, want -4",
    ],
  ],
  [
    "go test that can't be built",
    GO_BUILD,
    "FAIL\texample.com/pennybook/money [build failed]: ./money.go:5:2: undefined: cents",
    ["FAIL\texample.com/pennybook/money [build failed]", "./money.go:5:2: undefined: cents"],
  ],
  [
    "cargo test",
    CARGO,
    "tests::shares_cents: thread 'tests::shares_cents' panicked at src/lib.rs:12:9: assertion `left == right` failed",
    [
      "tests::shares_cents",
      "thread 'tests::shares_cents' panicked at src/lib.rs:12:9:",
      "assertion `left == right` failed",
      "left: 3",
      "right: 4",
    ],
  ],
  [
    "tsc",
    TSC,
    "src/money.ts(3,9): error TS2322: Type 'string' is not assignable to type 'number'. (and 1 more)",
    lines(TSC),
  ],
  [
    "a program that ended with an error",
    CRASH,
    "Error: no journal was named",
    [
      "Error: no journal was named",
      "at Object.<anonymous> (bin/pennybook.js:4:9)",
      "bin/pennybook.js:4",
      '  throw new Error("no journal was named");',
      "  ^",
      "    at Module._compile (node:internal/modules/cjs/loader:1521:14)",
      "Node.js v20.20.2",
    ],
  ],
  ["an output of no known shape", ESLINT, "✖ 1 problem (1 error, 0 warnings)", lines(ESLINT)],
])("of %s: what failed and why", (_, output, line, told) => {
  expect(tellFailure(lines(output))).toEqual({ line, lines: told });
});

test("of many failures so much that it can be read, and how many there are", () => {
  const many = Array.from({ length: 500 }, (_, at) => [
    `not ok ${at + 1} - case ${at + 1}`,
    "  ---",
    `  error: 'case ${at + 1} is wrong'`,
    "  ...",
  ]).flat();
  const { line, lines: told } = tellFailure([...many, "# duration_ms 12"]);
  expect(line).toBe("not ok 1 - case 1: error: 'case 1 is wrong' (and 499 more)");
  expect(told).toHaveLength(40);
  expect(tellFailure([])).toEqual({ line: undefined, lines: [] });
});

test.each([
  ["node", ["# tests 3", "# pass 3", "# fail 0", "# duration_ms 91.2"], "# pass 3"],
  ["vitest", [" Test Files  1 passed (1)", "      Tests  3 passed (3)", "   Duration  1 s"], 1],
  ["pytest", ["..", "==== 2 passed in 0.01s ====", "-- Docs: https://docs.pytest.org"], 1],
  ["whatever else", ["one", "two"], "two"],
])("of %s that passed: how many tests did", (_, output, line) => {
  expect(sumIn(output)).toBe(typeof line === "number" ? output[line] : line);
});

test("paths of a clone are told as from its project on", () => {
  const folder = "/home/ann/.local/share/wavegate/workspaces/p 1";
  const clone = { folder, project: folder };
  const told = (text: string) => fromProject(text, clone);
  expect(told(`at f (file://${encodeURI(folder)}/src/a.js:3:1)`)).toBe("at f (src/a.js:3:1)");
  expect(told(`${folder}/src/a.js and ${folder}/src/b.js`)).toBe("src/a.js and src/b.js");
  expect(told(`in ${folder}, and in ${folder}.`)).toBe("in ., and in ..");
  expect(told(`${folder}-2/src/a.js`)).toBe(`${folder}-2/src/a.js`);
  const deep = { folder, project: `${folder}/apps/web` };
  expect(fromProject(`${folder}/apps/web/a.js ${folder}/lib/b.js ${folder}`, deep)).toBe(
    "a.js ../../lib/b.js ../..",
  );
});
