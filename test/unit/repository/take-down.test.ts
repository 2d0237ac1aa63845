/** What a run takes down of the repository is what the roles can read. */
import { expect, test } from "vitest";
import { takeDownRepository } from "../../../src/app/take-down-repository.ts";
import { readRepositoryDocument } from "../../../src/repository/repository-document.ts";
import { FILES, SPEC, TASKS, listingOf } from "./project.ts";

const ABOUT = {
  spec: { path: "specs/001-lend/spec.md", text: SPEC },
  documents: { "tasks.md": TASKS },
};
const unasked = {
  audit: async () => {
    throw new Error("asked although nobody wanted it");
  },
};

test("known holes are looked for where the user asked, in the lockfiles that were found", async () => {
  const asked: string[] = [];
  const hole = {
    lockfile: "package-lock.json",
    package: "a",
    severity: "high",
    title: "reads what it should not",
    affected: "<2",
    source: "https://x.example/1",
    direct: true,
    fix: null,
  } as const;
  const audit = { done: true, note: "asked by a test", holes: [hole] };
  const dependencyAudit = {
    audit: async (lockfiles: readonly { readonly path: string }[]) => {
      asked.push(...lockfiles.map(({ path }) => path));
      return audit;
    },
  };
  const lock = { path: "package-lock.json", bytes: 2, text: "{}" };
  const repository = { read: async () => listingOf([...FILES, lock]) };
  const inputs = await takeDownRepository({ repository, dependencyAudit }, ABOUT, true);
  expect(asked).toEqual(["package-lock.json"]);
  expect(readRepositoryDocument(inputs["repository.json"])?.audit).toEqual(audit);
});

test("the files are looked at once, and the facts are handed on as one document", async () => {
  let looks = 0;
  const repository = {
    read: async () => {
      looks += 1;
      return listingOf(FILES);
    },
  };
  const inputs = await takeDownRepository({ repository, dependencyAudit: unasked }, ABOUT, false);
  expect(looks).toBe(1);
  expect(Object.keys(inputs)).toEqual(["repository.json"]);
  expect(readRepositoryDocument(inputs["repository.json"])).toMatchObject({
    scanned: { files: FILES.length },
    unproven: [{ task: "T002" }],
  });
});
