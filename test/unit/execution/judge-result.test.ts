import fc from "fast-check";
import { expect, test } from "vitest";
import type { FileChange } from "../../../src/execution/file-change.ts";
import {
  eventOf,
  judgeResult,
  RESULT_LIMITS,
  type CheckFact,
  type ResultFacts,
} from "../../../src/execution/judge-result.ts";
import { protectedKind } from "../../../src/execution/protected-changes.ts";
import { writeBounds } from "../../../src/execution/write-bounds.ts";
import type { ResourceUse } from "../../../src/plan/resources/model.ts";
import { writes } from "./any-run.ts";

const changed = (path: string, more: Partial<FileChange> = {}): FileChange => ({
  path,
  change: "modified",
  before: "100644",
  after: "100644",
  ...more,
});
const passed: CheckFact = {
  name: "VERIFY 1",
  by: "command",
  command: "npm test",
  outcome: "passed",
  shown: "exit 0",
};
const facts = (more: Partial<ResultFacts> = {}): ResultFacts => ({
  attempt: 2,
  ending: { kind: "ended" },
  changes: [changed("src/a.ts")],
  changedBytes: 100,
  filesBefore: 50,
  bounds: writeBounds([writes("src/a.ts")]),
  readOnly: false,
  kept: ["docs/plans/core.md"],
  outputs: [],
  checks: [passed],
  shown: [],
  ...more,
});
const said = (more: Partial<ResultFacts>) => {
  const judgement = judgeResult(facts(more));
  if (judgement.verdict === "good") return judgement.lands ? "lands" : "good";
  return judgement.verdict === "failed" ? judgement.reason.kind : judgement.question.kind;
};

test("a result that keeps to its paths and passes its checks is good, with its evidence", () => {
  const judgement = judgeResult(facts());
  expect(judgement).toEqual({
    verdict: "good",
    lands: true,
    evidence: {
      kind: "work",
      attempt: 2,
      changed: ["src/a.ts"],
      shown: [],
      declared: true,
      outputs: [],
      checks: [{ name: "VERIFY 1", by: "command", command: "npm test", outcome: "exit 0" }],
    },
  });
  expect(eventOf(judgement).kind).toBe("accepted");
});

test("beside a change of the plan all that a person would be asked about is named", () => {
  const paths = ["docs/plans/core.md", ".gitattributes", "src/a.ts", "wavegate.config.yaml"];
  const changes = paths.map((path) => changed(path));
  expect(judgeResult(facts({ changes }))).toMatchObject({
    reason: {
      kind: "kept-files-changed",
      details: ["docs/plans/core.md", ".gitattributes", "wavegate.config.yaml"],
    },
  });
});

test("declared files that are not there are told, and fail nothing; what was deleted is not missing", () => {
  const judgement = judgeResult(
    facts({
      bounds: writeBounds([writes("src/a.ts"), writes("src/b.ts"), writes("old.ts")]),
      changes: [changed("src/a.ts"), changed("old.ts", { change: "deleted" })],
      absent: ["src/b.ts", "old.ts"],
    }),
  );
  expect(judgement).toMatchObject({ verdict: "good", evidence: { missing: ["src/b.ts"] } });
});

const report = { name: "findings/1.md", sha256: "ab", bytes: 12 };

test.each<readonly [string, Partial<ResultFacts>]>([
  ["nothing-done", { changes: [] }],
  ["good", { changes: [], mayChangeNothing: true }],
  [
    "not-verified",
    { changes: [], mayChangeNothing: true, checks: [{ ...passed, outcome: "failed" }] },
  ],
  ["lands", { mayChangeNothing: true }],
  ["nothing-done", { changes: [], outputs: [{ ...report, bytes: 0 }] }],
  ["good", { changes: [], outputs: [report], readOnly: true }],
  ["read-only-changed", { readOnly: true }],
  ["kept-files-changed", { changes: [changed("docs/plans/core.md")], bounds: undefined }],
  ["outside-declared", { changes: [changed("src/a.ts"), changed("src/b.ts")] }],
  ["outside-declared", { changes: [changed("src/a.ts", { change: "renamed", from: "b.ts" })] }],
  ["lands", { changes: [changed("src/b.ts")], bounds: undefined }],
  ["lands", { changes: [changed("src/b.ts")], shown: ["src/b.ts"] }],
  ["not-verified", { checks: [{ ...passed, outcome: "failed", shown: "exit 1" }] }],
  ["not-verified", { checks: [passed, { ...passed, outcome: "not-run", shown: "no shell" }] }],
  ["output-limit", { changedBytes: RESULT_LIMITS.bytes + 1 }],
  [
    "protected-change",
    {
      changes: Array.from({ length: 26 }, (_, index) =>
        changed(`${index}.ts`, { change: "deleted" }),
      ),
    },
  ],
  [
    "timeout",
    {
      ending: {
        kind: "failed",
        again: true,
        reason: { kind: "timeout", message: "Too long.", details: [] },
      },
    },
  ],
])("%s", (kind, more) => expect(said(more)).toBe(kind));

test.each([
  [".gitmodules", "git"],
  ["sub/.GitAttributes", "git"],
  [".git /config", "git"],
  [".g\u200Cit/hooks/post-checkout", "git"],
  ["git~1/config", "git"],
  ["vendor/x/HEAD", "git"],
  ["../outside", "path"],
  ["/etc/passwd", "path"],
  [".husky/pre-commit", "hooks"],
  ["lefthook.yml", "hooks"],
  [".github/workflows/ci.yml", "ci"],
  ["Jenkinsfile", "ci"],
  [".envrc", "opened"],
  [".claude/settings.json", "opened"],
  ["src/hooks/use-user.ts", undefined],
  [".gitignore", undefined],
  [".github/CODEOWNERS", undefined],
  ["docs/Jenkinsfile.md", undefined],
])("%s is protected as %s, and passes when it was shown", (path, kind) => {
  expect(protectedKind(changed(path))?.kind).toBe(kind);
  const changes = [changed(path, { change: "added" })];
  expect(said({ changes, bounds: undefined })).toBe(kind ? "protected-change" : "lands");
  expect(said({ changes, bounds: undefined, shown: [path] })).toBe("lands");
});

test.each([
  ["src/link", "../README.md", undefined],
  ["src/link", "../../etc/passwd", "link"],
  ["link", "/etc/passwd", "link"],
  ["link", "C:\\Windows", "link"],
  ["a/b/link", "../c/../../../x", "link"],
  ["link", ".git/config", "link"],
  ["link", undefined, "link"],
])("a link at %s to %s", (path, target, kind) => {
  const change = changed(path, { after: "120000", ...(target !== undefined && { target }) });
  expect(protectedKind(change)?.kind).toBe(kind);
});

test("a repository inside is protected, and where something was renamed from counts", () => {
  expect(protectedKind(changed("vendor/lib", { after: "160000" }))?.kind).toBe("gitlink");
  expect(
    protectedKind(changed("ci.yml", { change: "renamed", from: ".github/workflows/ci.yml" }))?.kind,
  ).toBe("ci");
});

const use = (more: Partial<ResourceUse>): ResourceUse => ({ ...writes("src/a.ts"), ...more });

test("fields of a task bind it; what its text mentions does not", () => {
  const bounds = writeBounds([
    use({ resource: "src/ui/", kind: "folder" }),
    use({ resource: "test/**/*.test.ts", kind: "glob" }),
    use({ resource: "src/b.ts", access: "read" }),
  ]);
  const paths = ["src/ui/page.tsx", "test/a/b.test.ts", "src/b.ts", "src/ui.ts"];
  expect(paths.map((path) => bounds?.allows(path))).toEqual([true, true, false, false]);
  expect(writeBounds([use({ sure: false, source: "mention" })])).toBe(undefined);
});

test("nothing outside of what is declared ever lands without a person's word", () => {
  const names = fc.constantFrom("src/a.ts", "src/b.ts", ".gitmodules", "x/.git/config", "z");
  fc.assert(
    fc.property(fc.array(names), fc.array(names), (paths, shown) => {
      const changes = [...new Set(paths)].map((path) => changed(path));
      const judgement = judgeResult(facts({ changes, shown }));
      if (judgement.verdict !== "good") return;
      for (const path of paths) expect(path === "src/a.ts" || shown.includes(path)).toBe(true);
    }),
  );
});

test.each([
  ["infra", "infra/main.tf"],
  ["infra", "deploy/Infra/main.tf"],
  ["./infra/", "infra"],
  ["db/**/*.sql", "db/a/b/1.sql"],
  ["*.lock", "sub/yarn.lock"],
  ["/src/core", "src/core/a.ts"],
])("what the configuration protects by %s is asked about: %s", (pattern, path) => {
  const more = { bounds: undefined, protect: [pattern], changes: [changed(path)] };
  expect(said(more)).toBe("protected-change");
  expect(said({ ...more, shown: [path] })).toBe("lands");
});

test.each([
  ["infra", "infrastructure/a.ts"],
  ["src/core", "lib/src/core/a.ts"],
  ["/infra", "deploy/infra/main.tf"],
  ["db/**/*.sql", "db/a.ts"],
])("%s does not protect %s", (pattern, path) => {
  expect(said({ bounds: undefined, protect: [pattern], changes: [changed(path)] })).toBe("lands");
});
