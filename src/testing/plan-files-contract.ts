import { deepEqual, equal, ok } from "node:assert/strict";
import { WavegateError } from "../core/error.ts";
import { err, ok as good } from "../core/result.ts";
import type { PlanChange, PlanFile, PlanFiles } from "../ports/plan-files.ts";

/** What the suite needs of an implementation: a project without files, made anew for each test. */
export interface PlanFilesSubject {
  readonly files: PlanFiles;
  /** Write a file, behind the port's back. */
  readonly put: (path: string, text: string) => Promise<void>;
  /** Text of a file, undefined where there is none. */
  readonly text: (path: string) => Promise<string | undefined>;
  close(): Promise<void>;
}

type Case = (subject: PlanFilesSubject) => Promise<void>;

const PLAN = "docs/plans/alpha.md";
const STATUS = "docs/plan-outputs/alpha/status.json";

/** Put a text behind the text of each of the files that are there, or write it where there is none. */
const adding = (more: string, ...paths: readonly string[]): PlanChange => ({
  files: paths.map((path) => ({ path })),
  edit: (now) => good(paths.map((path) => ({ path, text: (now.get(path)?.text ?? "") + more }))),
});

const cases: Readonly<Record<string, Case>> = {
  "reads a text with its digest, byte order mark and line ends as they are": async ({
    files,
    put,
  }) => {
    const text = "\uFEFF# A\r\n- [ ] 1.1 ä😀\r- [ ] 1.2 b  \n";
    await put(PLAN, text);
    const read = await files.read(PLAN);
    deepEqual(read?.ok && [read.value.path, read.value.text, read.value.digest.length], [
      PLAN,
      text,
      64,
    ]);
    equal(await files.read("docs/plans/beta.md"), undefined);
  },
  "finds what is in the places of plans, sorted": async ({ files, put }) => {
    const there = [
      ".claude/state/projects/x/architecture/phase-breakdown.json",
      "docs/plans/alpha.md",
      "docs/plans/archive/old.md",
      "prd-workspace/x/phase-1-a.md",
      "prds/1.md",
      "specs/001-a/tasks.execution.yaml",
      "specs/001-a/tasks.md",
    ];
    for (const path of [
      ...there.toReversed(),
      "specs/001-a/spec.md",
      "specs/001-a/x/tasks.md",
      "docs/plans/a.txt",
      "README.md",
      "docs/plans/.hidden/b.md",
    ])
      await put(path, "x");
    deepEqual(await files.find(), { paths: there, more: false });
  },
  "takes the name of a file, or of the folder of a tasks.md": async ({ files, put }) => {
    await put("specs/001-a/tasks.md", "x");
    await put(PLAN, "x");
    deepEqual(await files.named(PLAN), good(PLAN));
    deepEqual(await files.named(`./${PLAN}`), good(PLAN));
    deepEqual(await files.named("specs/001-a"), good("specs/001-a/tasks.md"));
    deepEqual(await files.named("specs/001-a/"), good("specs/001-a/tasks.md"));
    const out = await files.named("../elsewhere.md");
    equal(!out.ok && out.error.code, "USAGE");
  },
  "loads a plan with its companions, its status and its findings": async ({ files, put }) => {
    const missing = await files.load(PLAN);
    equal(!missing.ok && missing.error.code, "PLAN_NOT_FOUND");
    await put(PLAN, "x");
    const without = await files.load(PLAN);
    deepEqual(without.ok && without.value.status, { path: STATUS, file: undefined, findings: [] });
    await put(STATUS, "{}");
    await put("docs/plan-outputs/alpha/findings/1-1.md", "x");
    const loaded = await files.load(PLAN);
    deepEqual(
      loaded.ok && [
        loaded.value.file.text,
        loaded.value.status?.file?.ok,
        loaded.value.status?.findings,
      ],
      ["x", true, ["1-1.md"]],
    );
    await put("specs/1/tasks.md", "t");
    await put("specs/1/tasks.execution.yaml", "y");
    await put("specs/1/plan.md", "p");
    const kit = await files.load("specs/1/tasks.md");
    deepEqual(kit.ok && [kit.value.companions.map(({ path }) => path), kit.value.status], [
      ["specs/1/tasks.execution.yaml"],
      undefined,
    ]);
  },
  "looks for the status of an archived plan in the archive first": async ({ files, put }) => {
    await put("docs/plans/archive/alpha.md", "x");
    await put("docs/plan-outputs/archive/alpha/status.json", "old");
    await put(STATUS, "new");
    await put(PLAN, "x");
    const archived = await files.load("docs/plans/archive/alpha.md");
    const present = await files.load(PLAN);
    deepEqual(
      [archived, present].map(
        (each) => each.ok && each.value.status?.file?.ok && each.value.status.file.value.text,
      ),
      ["old", "new"],
    );
  },
  "changes several files, makes those that aren't there, and gives what was written": async ({
    files,
    put,
    text,
  }) => {
    await put(PLAN, "a");
    const made = await files.change(adding("b", STATUS, PLAN));
    deepEqual(made.ok && made.value.map(({ path, text: now }: PlanFile) => [path, now]), [
      [STATUS, "b"],
      [PLAN, "ab"],
    ]);
    deepEqual([await text(PLAN), await text(STATUS)], ["ab", "b"]);
    const read = await files.read(PLAN);
    deepEqual(read?.ok && read.value.digest, made.ok && made.value[1]?.digest);
  },
  "writes nothing that is as it was": async ({ files, put }) => {
    await put(PLAN, "a");
    deepEqual(await files.change(adding("", PLAN)), good([]));
  },
  "keeps every edit of many at once": async ({ files, put, text }) => {
    await put(PLAN, "");
    const all = await Promise.all(
      Array.from({ length: 20 }, (_each, at) => files.change(adding(`${at};`, PLAN, STATUS))),
    );
    ok(all.every((each) => each.ok));
    equal((await text(PLAN))?.split(";").length, 21);
    equal(await text(PLAN), await text(STATUS));
  },
  "refuses what is not as expected, and writes nothing": async ({ files, put, text }) => {
    await put(PLAN, "a");
    const read = await files.read(PLAN);
    await put(PLAN, "A");
    const edit = adding("b", STATUS, PLAN).edit;
    const expected = read?.ok ? read.value.digest : "";
    const refused = await files.change({
      files: [{ path: STATUS }, { path: PLAN, expected }],
      edit,
    });
    deepEqual(!refused.ok && [refused.error.code, refused.error.place], [
      "PLAN_CHANGED",
      { file: PLAN },
    ]);
    deepEqual([await text(PLAN), await text(STATUS)], ["A", undefined]);
    const now = await files.read(PLAN);
    const again = await files.change({
      files: [{ path: STATUS }, { path: PLAN, expected: now?.ok ? now.value.digest : "" }],
      edit,
    });
    ok(again.ok);
  },
  "gives the refusal of an edit, and writes nothing": async ({ files, put, text }) => {
    await put(PLAN, "a");
    const refusal = new WavegateError("PLAN_EDIT_REFUSED", "No.", { hint: "Don't." });
    deepEqual(
      await files.change({ files: [{ path: PLAN }], edit: () => err(refusal) }),
      err(refusal),
    );
    equal(await text(PLAN), "a");
  },
};

/** What every implementation of `PlanFiles` holds. */
export function planFilesContract(
  test: (name: string, run: () => Promise<void>) => void,
  make: () => Promise<PlanFilesSubject>,
): void {
  for (const [name, run] of Object.entries(cases))
    test(name, async () => {
      const subject = await make();
      try {
        await run(subject);
      } finally {
        await subject.close();
      }
    });
}
