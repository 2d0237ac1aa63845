/** The whole measure (QR-02): traceability with its bases, the document's size, and linear time on hostile texts. */
import { expect, test } from "vitest";
import { measureRepository } from "../../../src/repository/measure-repository.ts";
import {
  MAX_DOCUMENT,
  readRepositoryDocument,
  repositoryDocument,
} from "../../../src/repository/repository-document.ts";
import { FILES, SPEC, TASKS, file, listingOf } from "./project.ts";

const spec = { path: "specs/001-lend/spec.md", text: SPEC };
const documents = { "tasks.md": TASKS };
const measure = (files = FILES) =>
  measureRepository({ listing: listingOf(files), spec, documents });
const row = (id: string, files = FILES) =>
  measure(files).traceability.rows.find((one) => one.id === id);

test("a requirement is traced to its task, file and test, each with what the link rests on", () => {
  expect(row("FR-001")).toMatchObject({
    done: true,
    tasks: [{ task: "tasks.md T001", basis: "id" }],
    files: [{ path: "src/reserve.ts", line: 1, basis: "id" }],
    tests: [{ path: "test/reserve.test.ts", line: 1, basis: "id" }],
  });
  expect(row("SC-001")?.tests).toEqual([
    { path: "test/reserve.test.ts", line: null, basis: "task" },
  ]);
});

test("one that no task names is traced to nothing, and its state is not known", () => {
  expect(row("FR-004")).toMatchObject({ done: null, tasks: [], files: [], tests: [] });
});

test("likeness of words is a guess and marked so", () => {
  const like = file(
    "src/x.ts",
    "/** The treasurer can refund a deposit: the days of the refund. */\n",
  );
  expect(row("FR-003", [...FILES, like])?.files).toEqual([
    { path: "src/x.ts", line: null, basis: "guess" },
  ]);
});

test("an id that another spec defines too counts only in this feature's files", () => {
  const other = file("specs/002-pay/spec.md", SPEC);
  const stray = file("src/pay.ts", "// FR-002: damage of a returned drill with photos\n");
  expect(row("FR-002", [...FILES, stray])?.files[0]?.basis).toBe("id");
  const shared = [...FILES, other, stray];
  expect(measure(shared).traceability.sharedWith).toEqual(["specs/002-pay/spec.md"]);
  expect(row("FR-002", shared)?.files[0]?.basis).toBe("guess");
  expect(row("FR-001", shared)?.files[0]?.basis).toBe("id");
});

test("an id that no other spec defines is this feature's wherever it stands", () => {
  const other = file("specs/002-pay/spec.md", SPEC.replaceAll("FR-002", "FR-077"));
  const stray = file("src/pay.ts", "// FR-002: damage of a returned drill with photos\n");
  expect(row("FR-002", [...FILES, other, stray])?.files[0]?.basis).toBe("id");
});

test("the report of the review before is no document of the feature", () => {
  const report =
    "# Quality report\n\nFR-003: [NEEDS CLARIFICATION: within how many days?] FR-099\n";
  const measured = measureRepository({
    listing: listingOf(FILES),
    spec,
    documents: { ...documents, "quality_report.md": report },
  });
  expect(measured).toEqual(measure());
});

test("an id in a file that speaks of something else is a guess", () => {
  const example = file("src/ids.ts", "// parses ids, for example FR-002\n");
  expect(row("FR-002", [...FILES, example])?.files).toEqual([
    { path: "src/ids.ts", line: 1, basis: "guess" },
  ]);
});

test("ticked tasks are held against the list of files, unless the list is not whole", () => {
  expect(measure().unproven.map(({ task }) => task)).toEqual(["T002"]);
  const cut = measureRepository({
    listing: listingOf(FILES, { complete: false }),
    spec,
    documents,
  });
  expect(cut.unproven).toEqual([]);
});

test("without a repository the documents are still measured", () => {
  const facts = measureRepository({ listing: undefined, spec, documents });
  expect(facts.scanned).toBeNull();
  expect(facts.tasks).toHaveLength(4);
  expect(facts.markers).toHaveLength(1);
  expect(facts.unproven).toEqual([]);
});

test("the document reads back as it was, and stays small whatever the project", () => {
  const facts = measure();
  expect(readRepositoryDocument(repositoryDocument(facts))).toEqual(facts);
  const packages = Array.from(
    { length: 20_000 },
    (_, n) => `a-long-name-of-a-package-${n}==1.${n}`,
  );
  const tasks = Array.from(
    { length: 5_000 },
    (_, n) =>
      `- [x] T${n % 9999} ${"word ".repeat(40)} in \`src/${"deep/".repeat(30)}f${n}.ts\` (FR-001)`,
  );
  const large = measureRepository({
    listing: listingOf([...FILES, file("requirements.txt", packages.join("\n"))]),
    spec,
    documents: { "tasks.md": tasks.join("\n") },
  });
  const text = repositoryDocument(large);
  expect(text.length).toBeLessThanOrEqual(MAX_DOCUMENT);
  expect(readRepositoryDocument(text)?.cut).toMatchObject({ tasks: expect.any(Number) });
});

test.each(["", "null", "{}", "[1]", '{"version":2}', "{"])("%j is no repository.json", (text) => {
  expect(readRepositoryDocument(text)).toBeUndefined();
});

const HOSTILE: Readonly<Record<string, (n: number) => string>> = {
  ids: (n) => "FR-001 ".repeat(n),
  "one long line of ids": (n) => `"${"FR-001,".repeat(n)}`,
  backticks: (n) => "`a".repeat(n),
  slashes: (n) => "a/".repeat(n),
  boxes: (n) => "- [x] T001 `a/b.ts` FR-001 depends on T002, T003\n".repeat(n / 4),
  brackets: (n) => "[NEEDS CLARIFICATION: ".repeat(n),
  quotes: (n) => `secret: "${"aB3".repeat(n)}`,
  assignments: (n) => "token=".repeat(n),
  urls: (n) => "postgres://u:".repeat(n),
  sentences: (n) => "MUST. ".repeat(n),
  tags: (n) => "<coverage <class <line ".repeat(n),
  quoted: (n) => `"'\``.repeat(n),
};

/** Fastest of three, in milliseconds. */
function fastest(run: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

test.each(Object.keys(HOSTILE))(
  "linear on hostile text: %s",
  (name) => {
    const run = (n: number) => () => {
      const text = HOSTILE[name]?.(n) ?? "";
      const files = ["src/a.ts", "test/a.test.ts", "coverage.xml", "lcov.info", "yarn.lock"];
      measureRepository({
        listing: listingOf([...FILES, ...files.map((path) => file(path, text))]),
        spec: { path: "spec.md", text: `${SPEC}\n${text}` },
        documents: { "tasks.md": text, "plan.md": text, "constitution.md": text },
      });
    };
    run(200)();
    const small = fastest(run(500));
    const large = fastest(run(8_000));
    // 16 times the text; a square would be 256 times the time
    expect(large).toBeLessThan(Math.max(60, small * 64));
  },
  30_000,
);
