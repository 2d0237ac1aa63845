import fc from "fast-check";
import { expect, test } from "vitest";
import type { Expectation } from "../../../src/execution/expectation.ts";
import { taskChecks, verificationChecks } from "../../../src/execution/verify-commands.ts";
import { readCheck } from "../../../src/execution/verify/read-check.ts";
import { scriptsOf } from "../../../src/execution/verify/scripts-of.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

/** A command, with what it must show where that is not exit code 0. */
const shown = ({ command, expects }: { command: string; expects: Expectation }): string => {
  switch (expects.kind) {
    case "success":
      return command;
    case "exit":
      return `${command} ⇒ ${expects.code}`;
    case "number":
      return `${command} ⇒ ${expects.is}${expects.value}`;
    case "prints":
      return `${command} ⇒ "${expects.text}"`;
    case "failure":
    case "output":
    case "empty":
      return `${command} ⇒ ${expects.kind}`;
  }
};
const read = (text: string): readonly string[] => {
  const { commands, judged } = readCheck(text);
  return [...commands.map(shown), ...(judged ? ["judged"] : [])];
};

test.each<readonly [string, ...string[]]>([
  ["`npm test` passes", "npm test"],
  ["`npm test`", "npm test"],
  ["Run `npm test`", "npm test"],
  ["Run `npm test` and confirm all tests pass.", "npm test"],
  ["All tests pass: `npm test`", "npm test"],
  ["All tests pass (`npm test`)", "npm test"],
  ["No type errors: `npx tsc --noEmit`", "npx tsc --noEmit"],
  [
    "Run the full backend suite: `cd backend && go test -p 1 ./...`",
    "cd backend && go test -p 1 ./...",
  ],
  ["The suite (`dotnet test` from `backend/`) passes", "cd backend && dotnet test"],
  ["In `apps/web`, run `npm test`", "cd apps/web && npm test"],
  ["`pytest -q` from the repo root passes", "pytest -q"],
  ["`make test` (backend) and `pnpm test` (frontend) pass", "make test", "pnpm test"],
  [
    "Verified via `uv run python -m py_compile a.py`, `cargo test` and `git diff --check`",
    "uv run python -m py_compile a.py",
    "cargo test",
    "git diff --check",
  ],
  ["`go build ./...` passe, fakes compilent.", "go build ./...", "judged"],
  ["Run `node scripts/scan.js` - should not error", "node scripts/scan.js"],
  ["`pytest tests` passes with 100% coverage", "pytest tests", "judged"],
  ["Coverage ≥85%: `npm run coverage`", "npm run coverage", "judged"],
  ["`ls archive/` shows 4 guides", "ls archive/", "judged"],
  ['`grep -c "## Dependencies" a.md` returns 1', 'grep -c "## Dependencies" a.md ⇒ ==1'],
  ["`grep -c x a.md` returns >= 4", "grep -c x a.md ⇒ >=4"],
  ["`grep -c x a.md` returns <5 (only reference, not full section)", "grep -c x a.md ⇒ <5"],
  ["`grep -c x a.md` >= 1", "grep -c x a.md ⇒ >=1"],
  ["`grep -c x a.md` returns at least 2", "grep -c x a.md ⇒ >=2"],
  ["`grep -c x a.md` returns no matches", "grep -c x a.md ⇒ ==0"],
  [
    'No dead references: `grep -r "old\\|older" docs/` returns no matches',
    'grep -r "old\\|older" docs/ ⇒ empty',
  ],
  ["`find . -name '*.bak'` returns empty", "find . -name '*.bak' ⇒ empty"],
  ["`grep x a.md b.md` returns matches", "grep x a.md b.md ⇒ output"],
  ['`ls "docs/old plans"` returns error (directory removed)', 'ls "docs/old plans" ⇒ failure'],
  ["`node check.js bad.json` exits with code 2", "node check.js bad.json ⇒ 2"],
  ["`node check.js bad.json` fails", "node check.js bad.json ⇒ failure"],
  ["`node -v` prints `v24`", 'node -v ⇒ "v24"'],
  ["`npm run lint` passes with 0 errors", "npm run lint"],
  ["No old names are left: `rg -i oldname src/`", "rg -i oldname src/ ⇒ empty"],
  ["Verify no leftovers (`grep -rc TODO src/a.ts`)", "grep -rc TODO src/a.ts ⇒ ==0"],
  ["All are named in the index: `grep -q guides index.md`", "grep -q guides index.md"],
  ["`python3 -c 'print(1)'` should print `1`", "python3 -c 'print(1)' ⇒ \"1\""],
  ["`bun build` works: `bun build src/a.ts --outdir out`", "bun build src/a.ts --outdir out"],
  [
    "Run `dart test` in `a` and `flutter test` in `b` — both pass",
    "cd a && dart test",
    "cd b && flutter test",
  ],
  ["Run `orca doctor --json`", "orca doctor --json"],
  ["`./scripts/check.sh` succeeds", "./scripts/check.sh"],
])("of %s", (text, ...expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  // names, paths, calls, flags and texts in code marks
  "Findings in `findings/1-a.md`",
  "`status.json` contains `dependencyGraph` after initialization",
  '`parseDependencies("none")` returns `[]`',
  "`--pr` creates a pull request",
  "`deps --graph` produces readable output",
  "`next` returns ready tasks",
  "`setup.sh` is idempotent",
  "`git-utilities.md` lists every command",
  "`WorkItems` table exists",
  "The `test` script and the `build` script exist",
  // commands of agents, and what follows from them
  "`/plan:set my-plan` creates branch `plan/my-plan`",
  "Run `/plan:set test`, verify branch created with `git branch --list plan/test`",
  // what has to be filled in
  "`git checkout -b plan/{plan-name}` works",
  "Run `npx tool <file>` for each",
  "`uv run check specs/NNN-feature` passes",
  "`npm run ...` passes",
  // no end, the network, the world outside of the clone
  "Run `npm run dev`, see styled layout",
  "`pnpm --filter app start` boots",
  "`docker compose up` works",
  "`pnpm install` is clean",
  "Run `curl -s localhost:3000/health`",
  "`git push` succeeds",
  "Run `rm -rf dist && npm run build`",
  "`make migrate-up` creates 5 tables",
  // what only shows something
  "Run `git log -1 --format=full`, verify body contains metadata",
  // not as it stands
  "`node cli.js next 5` on a plan without annotations still works",
  "It stops when `npm test` fails",
  "`./gradlew build` without `-PlibDir=x` will fail",
  "Documents how `npm test` is used in CI",
])("no command is run because of: %s", (text) => {
  expect(read(text)).toEqual(["judged"]);
});

const plan = (text: string) => readPlan([{ file: "docs/plans/a.md", text }]);

test("of a plan: fences and criteria with commands, prose beside them, and tasks that check", () => {
  const { verifications, tasks } = plan(`# Plan: A

## Phase 1: Build

- [ ] 1.1 Add the parser in \`src/parser.ts\`, then run \`npm test\`
  - Verify: \`node --test test/parser.test.js\` passes
  - Create the folder with \`mkdir -p out/a\`
- [ ] 1.2 Verify no leftovers: \`grep -rn TODO src/\` returns no matches
- [ ] 1.3 Create branch (\`git checkout -b feature\`) and run \`npm run build\`

**VERIFY Phase 1:**
- [ ] \`npm test\` passes
- [ ] The parser reads every sample

\`\`\`bash
# all of it
cd packages/core
npm run lint && \\
  npm run types
\`\`\`

## Phase 2: Rest

- [ ] 2.1 Write it down

**VERIFY 2.1:** \`npx markdownlint docs\` is clean
`);
  expect(
    verifications
      .map(verificationChecks)
      .map(({ commands, prose }) => [commands.map(shown), prose]),
  ).toEqual([
    [
      ["set -e\ncd packages/core\nnpm run lint && \\\nnpm run types", "npm test"],
      ["The parser reads every sample"],
    ],
    [["npx markdownlint docs"], []],
  ]);
  expect(tasks.map(taskChecks).map(({ commands, prose }) => [commands.map(shown), prose])).toEqual([
    [["node --test test/parser.test.js"], []],
    [["grep -rn TODO src/ ⇒ empty"], []],
    [[], []],
    [[], []],
  ]);
});

test("a field of a task is a command as it stands, or words", () => {
  const [task] = plan("- [ ] 1.1 Do it\n").tasks;
  if (!task) throw new Error("no task");
  const of = (command: string) => {
    const { commands, prose } = taskChecks({ ...task, command });
    return [commands.map(shown), prose];
  };
  expect(of("docker compose run tests")).toEqual([["docker compose run tests"], []]);
  expect(of("$ pnpm test -- a.test.ts")).toEqual([["pnpm test -- a.test.ts"], []]);
  expect(of("`grep -c x a.md` returns 2")).toEqual([["grep -c x a.md ⇒ ==2"], []]);
  expect(of("All scenarios behave as described")).toEqual([
    [],
    ["All scenarios behave as described"],
  ]);
});

test("lines of a fence keep the folder and the variables that they were written for", () => {
  expect(scriptsOf(["npm test", "npm run lint"])).toEqual(["npm test", "npm run lint"]);
  expect(scriptsOf(["npm ci", "cd web", "export A=1", "npm test", "npm run e2e"])).toEqual([
    "npm ci",
    "set -e\ncd web\nexport A=1\nnpm test",
    "set -e\ncd web\nexport A=1\nnpm run e2e",
  ]);
  expect(scriptsOf(["for f in *.sh; do", "sh -n $f", "done"])).toEqual([
    "set -e\nfor f in *.sh; do\nsh -n $f\ndone",
  ]);
});

test("no text makes it throw, and what is run stands in the text", () => {
  const piece = fc.constantFrom(
    "`",
    "``",
    "npm test",
    "Run ",
    " passes",
    " returns ",
    ">= 3",
    "(",
    ")",
    "`grep -c x a`",
    " and ",
    ": ",
    "/plan:x",
    "{a}",
    "**",
  );
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (line) => {
      for (const { command } of readCheck(line).commands)
        expect(line.replaceAll("**", "")).toContain(command.replace(/^cd \S+ && /, ""));
    }),
    { numRuns: 2_000 },
  );
});

test(
  "time is linear",
  () => {
    const [task] = plan("- [ ] 1.1 Do it\n").tasks;
    if (!task) throw new Error("no task");
    for (const part of [
      "`",
      "(",
      "run ",
      "*",
      "- ",
      "`npm test` and ",
      "--x ",
      "A=1 ",
      ": `a`",
      "(`npm test`",
    ])
      expect(
        growthOf(
          (size) => filled(part, size),
          (text) => {
            readCheck(text);
            taskChecks({ ...task, text, command: text });
            taskChecks({ ...task, text: `Verify ${text}`, verifies: true });
            scriptsOf([text]);
          },
          4_000,
        ),
      ).toBe("linear");
  },
  PATIENCE_MS,
);
