/** Quality review (QR-01) by the built-in agents: what is found in a made-up project, and what is not. */
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/core/json.ts";
import { sectionNamed } from "../../../src/stage/checks/read-markdown.ts";
import { measureRepository } from "../../../src/repository/measure-repository.ts";
import type { KnownHole } from "../../../src/repository/model.ts";
import { repositoryDocument } from "../../../src/repository/repository-document.ts";
import { synthesis } from "../../../src/stage/contracts/leading.ts";
import { FILES, SPEC, TASKS, file, listingOf } from "../repository/project.ts";
import { inputsFor, leads, reviewed } from "./chain.ts";

const ANSWERED = SPEC.replace(/ \[NEEDS.*\]/, " within 5 days");
const DONE = `- [x] T001 Reserve (FR-001, SC-001) in src/reserve.ts, tested in test/reserve.test.ts
- [x] T002 Damage (FR-002) in src/damage.ts, tested in test/damage.test.ts
- [x] T003 Refund (FR-003) in src/refund.ts, tested in test/refund.test.ts
- [x] T004 Sign in (FR-004) in src/sign-in.ts, tested in test/sign-in.test.ts
`;
const ALL = [
  ...FILES.filter(({ path }) => !path.endsWith(".md") || path === "README.md"),
  ...["src/damage.ts", "src/refund.ts", "src/sign-in.ts"].map((path) => file(path, "x();\n")),
  ...["test/damage.test.ts", "test/refund.test.ts", "test/sign-in.test.ts"].map((path) =>
    file(path, "x();\n"),
  ),
  file(
    "package-lock.json",
    '{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}}',
  ),
  file(".github/workflows/ci.yml", "on: push\n"),
];

const hole = (rest: Partial<KnownHole>): KnownHole => ({
  lockfile: "package-lock.json",
  package: "a",
  severity: "medium",
  title: "A hole",
  affected: "<2",
  source: "https://advisories.example/1",
  direct: true,
  fix: null,
  ...rest,
});

test("a finished project has no finding, and the recommendation is to proceed", () => {
  const result = reviewed(inputsFor(ANSWERED, { "tasks.md": DONE }, ALL));
  expect(result.findings).toEqual([]);
  expect(result.review).toMatchObject({ recommendation: "proceed", quality_score: 100 });
  expect(result.qa.signed_off).toBe(true);
  expect(result.report).toContain("**Proceed**: no issue is open.");
});

test("a shape that begins with a vowel has its article", () => {
  const key = ["AK", "IA", "QL7VX2MN9BK4WR8T"].join("");
  const result = reviewed(
    inputsFor(ANSWERED, { "tasks.md": DONE }, [
      ...ALL,
      file("src/key.ts", `const key = "${key}";\n`),
    ]),
  );
  expect(result.findings.map(({ title }) => title)).toEqual([
    "The shape of an AWS access key in src/key.ts",
  ]);
});

test("each thing that is wrong is found once, with place, evidence, impact and resolution", () => {
  const leak = ["ghp", "_", "qL7vX2mN9bK4wR8tY1uZ5sD3fG6hJ0pC7aE2"].join("");
  const result = reviewed(
    inputsFor(
      SPEC,
      {
        "tasks.md": TASKS.replace("depends on T001", "depends on T042"),
        "plan.md":
          "SC-001: 80% of members reserve a drill in under 2 minutes. FR-099 comes later.\n",
        "constitution.md": "- Files MUST NOT exceed 1 lines.\n",
      },
      [...FILES, file("src/config.ts", `const token = "${leak}";\n`)],
    ),
  );
  const found = result.findings.map(
    ({ severity, title, place }) => `${severity} ${place ?? "-"} ${title}`,
  );
  expect(found.toSorted()).toEqual([
    "critical src/config.ts:1 The shape of a GitHub token in src/config.ts",
    "high plan.md:1 plan.md says 80% for SC-001, the specification says 95% (line 20)",
    "high spec.md:15 FR-003 counts as done and still waits for an answer",
    "high spec.md:15 FR-003 waits for an answer",
    "high spec.md:16 No task carries FR-004",
    "high src/reserve.ts A rule of the constitution does not hold: “Files MUST NOT exceed 1 lines.”",
    "high tasks.md:4 T002 is ticked, and no file that it names is there",
    "medium - The repository lacks: lockfile, CI configuration",
    "medium plan.md:1 plan.md names FR-099, which the specification does not define",
    "medium spec.md:14 2 finished requirements or criteria that no test names",
    "medium spec.md:15 FR-003 is about money, and no test names it",
    "medium spec.md:16 FR-004 is about access, and no test names it",
    "medium tasks.md:6 1 of 4 tasks is open",
    "medium tasks.md:6 T004 depends on T042, which is not there",
  ]);
  for (const { evidence, impact, resolution } of result.findings)
    for (const text of [evidence, impact, resolution]) expect(text.length).toBeGreaterThan(10);
  expect(result.report).not.toContain(leak.slice(4, 12));
  expect(result.review.recommendation).toBe("fix-first");
  expect(result.review.action_items[0]).toMatch(/^critical: /);
});

test("the report has a row for every requirement and criterion, and its sections in order", () => {
  const { report, checks, qa } = reviewed(inputsFor(SPEC, { "tasks.md": TASKS }, FILES));
  const matrix = sectionNamed(report, "Coverage")?.body ?? "";
  for (const id of ["FR-001", "FR-002", "FR-003", "FR-004", "SC-001"])
    expect(matrix).toMatch(new RegExp(`^\\| ${id} \\|`, "m"));
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(qa).toMatchObject({ signed_off: true, rework: [] });
  expect(qa.remaining_questions).toEqual(["within how many days?"]);
});

test("without a repository nothing is said of files, and the report says that none was looked at", () => {
  const { findings, report } = reviewed(inputsFor(SPEC, { "tasks.md": TASKS }, undefined));
  expect(findings.map(({ title }) => title).join("\n")).not.toMatch(/not there|no test|has no/);
  expect(sectionNamed(report, "What was not looked at")?.body).toContain(
    "there is no repository.json",
  );
});

test("a repository.json that is broken is said to be", () => {
  const inputs = { ...inputsFor(SPEC, {}, undefined), "repository.json": "{}" };
  expect(reviewed(inputs).report).toContain("repository.json is not in its form");
});

test("tasks that name stories only are not held against ids", () => {
  const stories =
    "- [x] T001 [US1] Reserve in src/reserve.ts\n- [x] T002 [US1] Tests in test/reserve.test.ts\n";
  const { findings } = reviewed(inputsFor(ANSWERED, { "tasks.md": stories }, ALL));
  expect(findings.filter(({ title }) => /No task carries/.test(title))).toEqual([]);
});

test.each([
  ["nothing to review against", "# A text\n", {}, FILES, "abort"],
  [
    "the work is elsewhere",
    ANSWERED,
    {
      "tasks.md": Array.from(
        { length: 8 },
        (_, n) => `- [x] T00${n} Write src/part${n}.ts (FR-00${n})`,
      ).join("\n"),
    },
    FILES,
    "abort",
  ],
  ["a high issue", SPEC, { "tasks.md": DONE }, ALL, "fix-first"],
] as const)("recommendation: %s", (...[, spec, documents, files, expected]) => {
  expect(reviewed(inputsFor(spec, documents, files)).review.recommendation).toBe(expected);
});

test("a review that is missing makes it fix-first, whatever the others say", () => {
  const inputs = inputsFor(ANSWERED, { "tasks.md": DONE }, ALL);
  const { analyses } = reviewed(inputs);
  const { security: _, ...rest } = analyses;
  const result = reviewed(inputs, rest);
  expect(result.review.recommendation).toBe("fix-first");
  expect(result.report).toContain("not reviewed: security");
});

test("a person accepts an issue with a reason; a critical one cannot be accepted", () => {
  const inputs = inputsFor(SPEC, { "tasks.md": DONE }, ALL);
  const words = (text: string) => ({
    ...inputs,
    "people.json": JSON.stringify([{ by: "Ada", at: "gate 1", text }]),
  });
  const before = reviewed(inputs);
  const ids = before.findings.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  const after = reviewed(words(ids.map((id) => `accept ${id}: known and planned`).join("\n")));
  expect(after.review.recommendation).toBe("proceed");
  expect(after.report).toContain("accepted by Ada: known and planned");
  expect(reviewed(words(`accept ${ids[0]}`)).review.recommendation).toBe("fix-first");
  const critical = inputsFor("# A text\n", {}, FILES);
  const tried = {
    ...critical,
    "people.json": JSON.stringify([{ by: "A", at: "gate 1", text: "accept COMP-1: no" }]),
  };
  expect(reviewed(tried).report).toMatch(/### COMP-1 \(critical\)/);
});

const answer = (name: string, one: Json): Json => ({
  [name]: { score: 50, findings: [one], requirements: [] },
});

test("what a person accepts at the gate counts although the reviewer is not asked again", () => {
  const inputs = inputsFor(SPEC, { "tasks.md": DONE }, ALL);
  const { analyses, review, findings } = reviewed(inputs);
  const text = findings.map(({ id }) => `accept ${id}: planned for May`).join("\n");
  const answered = leads().synthesis(
    {
      ...inputs,
      ...Object.fromEntries(
        Object.entries(analyses).map(([role, value]) => [
          `analyses/${role}.json`,
          JSON.stringify(value),
        ]),
      ),
      "review.json": JSON.stringify({ review_summary: review }),
      "people.json": JSON.stringify([{ by: "Ada", at: "gate 1", text }]),
    },
    () => undefined,
  );
  expect(review.recommendation).toBe("fix-first");
  expect(JSON.stringify(answered)).toContain("**Proceed**: no issue is open.");
});

test("each line that was asked for is judged on its own; what was refused is not done, with the reason", () => {
  const inputs = inputsFor(SPEC, { "tasks.md": DONE }, ALL);
  const { review } = reviewed(inputs);
  const [grave, minor] = (review["issues"] as { id: string; severity: string }[]).toSorted((a, b) =>
    a.id.localeCompare(b.id),
  );
  if (!grave || !minor) throw new Error("two issues are needed");
  const issues = [
    { ...grave, severity: "critical" },
    { ...minor, severity: "high" },
  ];
  const text = [
    `accept ${grave.id}: made up`,
    `- accept ${minor.id}: planned for May`,
    `accept ${minor.id}:`,
    "accept NONE-9: x",
    "note: looked at it with Ben",
    "Make the report shorter",
  ].join("\n");
  const answered = synthesis.parse(
    leads().synthesis(
      {
        ...inputs,
        "review.json": JSON.stringify({
          review_summary: { ...review, issues: issues.map((one) => ({ ...one, accepted: null })) },
        }),
        "rework.json": JSON.stringify([text]),
        "people.json": JSON.stringify([{ by: "Ada", at: "gate 1", text }]),
      },
      () => undefined,
    ),
  );
  expect(answered.not_done).toEqual([
    `“accept ${grave.id}: made up”: not accepted: ${grave.id} is critical and has to be mended`,
    `“accept ${minor.id}:”: not accepted: one issue to a line, each with its reason: \`accept SEC-2: why\``,
    "“accept NONE-9: x”: not accepted: the review has no issue NONE-9",
    expect.stringMatching(/^“Make the report shorter”: not applied: /),
  ]);
  const asked = sectionNamed(answered.artifacts["quality_report.md"] ?? "", "Requested changes");
  expect(asked?.body.match(/^- .* — recorded$/gm)).toEqual([
    `- accept ${minor.id}: planned for May — recorded`,
    "- note: looked at it with Ben — recorded",
  ]);
  expect(answered.verdict).toEqual({
    recommendation: "fix-first",
    issues: { critical: 1, high: 0, medium: 0, low: 0, accepted: 1 },
  });
});

test("the same finding of two reviewers is one, and the heavier weight holds", () => {
  const finding = {
    id: "X-1",
    severity: "low",
    title: "Passwords are stored plainly",
    place: "src/a.ts:1",
    evidence: "e",
    impact: "i",
    resolution: "r",
  };
  const heavy = { ...finding, id: "Y-1", severity: "high" };
  const result = reviewed(inputsFor(ANSWERED, {}, undefined), {
    completeness: answer("completeness_assessment", finding),
    security: answer("security_assessment", heavy),
    feasibility: { feasibility_assessment: { score: 100 } },
    consistency: { consistency_assessment: { score: 100 } },
  });
  expect(result.review.conflicts).toMatchObject([
    { fate: "reconciled", resolution: "The heavier weight holds: high." },
  ]);
  expect(result.report.match(/Passwords are stored plainly/g)).toHaveLength(1);
  const other = { ...heavy, title: "Plainly something else" };
  const apart = reviewed(inputsFor(ANSWERED, {}, undefined), {
    completeness: answer("completeness_assessment", finding),
    security: answer("security_assessment", other),
  });
  expect(apart.report).toContain("### X-1 (low)");
  expect(apart.report).toContain("### Y-1 (high)");
});

const accepts = (issue: string) =>
  JSON.stringify([
    { by: "Ada", at: "gate 1", text: `accept ${issue}: a [made-up] one, of *tests*` },
  ]);

test("what was accepted stays accepted in the next review while it is the same, and not a moment longer", () => {
  const leak = ["ghp", "_", "qL7vX2mN9bK4wR8tY1uZ5sD3fG6hJ0pC7aE2"].join("");
  const fixture = (lines: number, more = "") =>
    file("test/token.test.ts", `${"\n".repeat(lines)}const token = "${leak}";\n${more}`);
  const review = (fixtures: ReturnType<typeof fixture>, extras: Readonly<Record<string, string>>) =>
    reviewed({ ...inputsFor(ANSWERED, { "tasks.md": DONE }, [...ALL, fixtures]), ...extras });

  const first = review(fixture(0), { "people.json": accepts("SEC-1") }).report;
  const said = "accepted by Ada: a \\[made-up\\] one, of \\*tests\\*";
  expect(first).toContain(said);

  const second = review(fixture(7), { "quality_report.md": first });
  expect(second.report).toContain(said);
  expect(second.report).toContain("No issue is open.");
  expect(review(fixture(0), { "quality_report.md": second.report }).report).toContain(said);

  const another = fixture(0, `const other = "${leak.replace("q", "Q")}";\n`);
  expect(review(another, { "quality_report.md": first }).report).toContain(
    "### SEC-1 (low, a guess)",
  );
});

test("boxes are read where people tick them: a plan beside ticked tasks says nothing", () => {
  const plan = "- [ ] 1.1 Reserve (FR-001)\n- [ ] 1.2 Damage (FR-002)\n";
  const result = reviewed(inputsFor(ANSWERED, { "tasks.md": DONE, "plan.md": plan }, ALL));
  expect(result.findings).toEqual([]);
  expect(result.report).toContain(
    "4 tasks in tasks.md; the boxes of plan.md are not kept, and say nothing",
  );
});

test("where nothing is ticked and code names what is asked for, it is the boxes that are wrong", () => {
  const open = DONE.replaceAll("[x]", "[ ]");
  const titles = (files: typeof ALL) =>
    reviewed(inputsFor(ANSWERED, { "tasks.md": open }, files)).findings.map(
      ({ severity, title }) => `${severity} ${title}`,
    );
  const bare = ALL.map((one) =>
    /^(?:src|test)\//.test(one.path) ? file(one.path, "x();\n") : one,
  );
  const unbuilt = bare.filter(({ path }) => !/^(?:src|test)\//.test(path));
  expect(
    titles([...unbuilt, file("src/a.ts", "x();\n"), file("test/a.test.ts", "x();\n")]),
  ).toEqual(["high None of 4 tasks is done"]);
  expect(titles(ALL)).toEqual([
    "medium None of 4 tasks is ticked, though code or tests name 4 of 4 requirements",
  ]);
});

test("optional artifacts are made when they are asked for, and only then", () => {
  const inputs = inputsFor(SPEC, { "tasks.md": TASKS }, FILES);
  expect(Object.keys(reviewed(inputs).artifacts)).toEqual(["quality_report.md"]);
  const wanted = {
    ...inputs,
    "wanted.json": '["coverage_report.html", "security_scan.json", "other.txt"]',
  };
  const { artifacts, checks } = reviewed(wanted);
  expect(Object.keys(artifacts)).toEqual([
    "quality_report.md",
    "coverage_report.html",
    "security_scan.json",
  ]);
  expect(artifacts["coverage_report.html"]).toContain('<th scope="row">FR-001</th>');
  expect(JSON.parse(artifacts["security_scan.json"] ?? "")).toMatchObject({
    audit: { done: false },
  });
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
});

test("QA asks for rework when the report leaves out an issue", () => {
  const inputs = inputsFor(SPEC, { "tasks.md": TASKS }, FILES);
  const { analyses, review } = reviewed(inputs);
  const asked = leads().qa(
    {
      ...inputs,
      ...Object.fromEntries(
        Object.entries(analyses).map(([role, value]) => [
          `analyses/${role}.json`,
          JSON.stringify(value),
        ]),
      ),
      "review.json": JSON.stringify({ review_summary: review }),
      "checks.json": "[]",
      "artifacts/quality_report.md": "# Quality report\n",
    },
    () => undefined,
  );
  expect(JSON.stringify(asked)).toContain("quality_report.md does not name COMP-1");
});

test("known holes are issues by package, weighed as the tool does but never critical, with what mends them", () => {
  const facts = measureRepository({
    listing: listingOf(ALL),
    spec: { path: "specs/001-lend/spec.md", text: ANSWERED },
    documents: { "tasks.md": DONE },
    audit: {
      done: true,
      note: "package-lock.json: asked by npm audit, 3 known holes",
      holes: [
        hole({ title: "Reads what it should not", severity: "critical", fix: "a 2.0.0" }),
        hole({ title: "Takes long", severity: "low", direct: false, fix: "a 2.0.0" }),
        hole({ package: "b", severity: null, direct: null }),
      ],
    },
  });
  const inputs = {
    ...inputsFor(ANSWERED, { "tasks.md": DONE }, ALL),
    "repository.json": repositoryDocument(facts),
  };
  const { findings, report, review } = reviewed(inputs);
  expect(
    findings.map(({ severity, title, place, resolution }) => [severity, title, place, resolution]),
  ).toEqual([
    ["high", "a has 2 known holes", "package-lock.json", "Install what mends it: a 2.0.0."],
    [
      "medium",
      "b has 1 known hole",
      "package-lock.json",
      expect.stringMatching(/^There is no version that mends it/),
    ],
  ]);
  expect(review.recommendation).toBe("fix-first");
  expect(report).toContain("| known holes of dependencies | yes |");
  expect(report).not.toContain("Known holes of dependencies: not audited");
});

const NO_TASK = "# Tasks\n\nNone yet.\n";
const only = (...paths: readonly RegExp[]) =>
  ALL.filter(({ path }) => paths.some((one) => one.test(path)));

describe("bad input", () => {
  test.each([
    [
      "no test at all",
      { "tasks.md": DONE },
      only(/^src/, /README|lock|ci/),
      "The repository has no test",
    ],
    ["no task", { "tasks.md": NO_TASK }, ALL, "No tasks were found in tasks.md"],
    [
      "a repository without a file",
      { "tasks.md": DONE },
      [],
      "4 ticked tasks that name files name some that are not there|is ticked, and no file",
    ],
    [
      "lcov that is cut off",
      { "tasks.md": DONE },
      [...ALL, file("coverage/lcov.info", "SF:a\nDA:1,1")],
      "The coverage file coverage/lcov.info cannot be read",
    ],
    [
      "lcov that is binary",
      { "tasks.md": DONE },
      [...ALL, { path: "coverage/lcov.info", bytes: 9 }],
      "it is too large or no text",
    ],
    [
      "cobertura that is none",
      { "tasks.md": DONE },
      [...ALL, file("coverage.xml", "<html>")],
      "it has no coverage element",
    ],
    [
      "a lockfile that is broken",
      { "tasks.md": DONE },
      [...ALL, file("yarn.lock", "<<<<<<< HEAD")],
      "The lockfile yarn.lock cannot be read",
    ],
    [
      "a plan that is no text",
      { "tasks.md": DONE, "plan.md": "\u0000\u202e|||" },
      ALL,
      "**Proceed**",
    ],
  ])("%s is said, and the report passes its checks", (_, documents, files, told) => {
    const { report, checks, qa } = reviewed(inputsFor(ANSWERED, documents, files));
    expect(report).toMatch(new RegExp(told.replace(/[.*()]/g, String.raw`\$&`)));
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(qa.signed_off).toBe(true);
  });

  test("a huge repository is measured in part, and what was left out is said", () => {
    const many = Array.from({ length: 3_000 }, (_, n) => file(`src/f${n}.ts`, `// FR-001 ${n}\n`));
    const facts = measureRepository({
      listing: listingOf([...ALL, ...many], {
        complete: false,
        leftOut: [{ reason: "more than 50000 files", count: 12_000, examples: ["z/1.ts"] }],
      }),
      spec: { path: "specs/001-lend/spec.md", text: ANSWERED },
      documents: { "tasks.md": DONE },
    });
    const { report } = reviewed({
      ...inputsFor(ANSWERED, { "tasks.md": DONE }, ALL),
      "repository.json": repositoryDocument(facts),
    });
    expect(report).toContain("12000 files or folders of the repository: more than 50000 files");
    expect(report).toContain("and 17 more");
    expect(report.length).toBeLessThan(60_000);
  });
});

test("a requirement whose ticked task has no file that is there does not count as done", () => {
  const files = ALL.filter(({ path }) => !/damage/.test(path));
  const { report } = reviewed(inputsFor(ANSWERED, { "tasks.md": DONE }, files));
  expect(report).toMatch(/^\| FR-002 .*\| ticked, files missing \|/m);
  expect(report).toMatch(/^\| FR-001 .*\| done \|/m);
});

const planOwnedBy = (owner: string) =>
  `| Risk | Description | Owner |\n| --- | --- | --- |\n| R-01 | slow | Ada |\n| R-02 | late | ${owner} |\n\n- [ ] 1.1 Be fast (R-01)\n`;

const findingsWhenOwnedBy = (owner: string) =>
  reviewed(
    inputsFor(ANSWERED, { "tasks.md": DONE, "plan.md": planOwnedBy(owner) }, ALL),
  ).findings.map(({ title }) => title);

test("risks that somebody owns are watched; those that nobody owns and no task names are not", () => {
  expect(findingsWhenOwnedBy("Grace")).toEqual([]);
  expect(findingsWhenOwnedBy("—")).toEqual([
    "1 risk of the plan that no task names and nobody owns",
  ]);
});
