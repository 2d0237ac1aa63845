/** What a run takes down of the repository is what the roles can read. */
import { expect, test } from "vitest";
import { takeDownRepository } from "../../../src/app/take-down-repository.ts";
import { readRepositoryDocument } from "../../../src/repository/repository-document.ts";
import { FILES, SPEC, TASKS, listingOf } from "./project.ts";

test("the files are looked at once, and the facts are handed on as one document", async () => {
  let looks = 0;
  const repository = {
    read: async () => {
      looks += 1;
      return listingOf(FILES);
    },
  };
  const inputs = await takeDownRepository(repository, {
    spec: { path: "specs/001-lend/spec.md", text: SPEC },
    documents: { "tasks.md": TASKS },
  });
  expect(looks).toBe(1);
  expect(Object.keys(inputs)).toEqual(["repository.json"]);
  expect(readRepositoryDocument(inputs["repository.json"])).toMatchObject({
    scanned: { files: FILES.length },
    unproven: [{ task: "T002" }],
  });
});
