/** Documents of a project: what lies in it is read, whatever it is called. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDocuments } from "../../src/adapters/documents/documents.ts";
import { createProjectFiles } from "../../src/adapters/artifacts/project-files.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-documents-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a folder whose name begins with two dots is in the project", async () => {
  mkdirSync(path.join(root, "..specs"));
  writeFileSync(path.join(root, "..specs/spec.md"), "# Spec");
  const documents = createDocuments({ root, cwd: root });
  expect(await documents.named("..specs", 100)).toMatchObject({
    ok: true,
    value: { path: "..specs/spec.md" },
  });
  const written = await createProjectFiles({ root }).write("..specs/plan.md", "x", undefined);
  expect(written.ok).toBe(true);
});

test.each(["..", "../outside.md", "/etc/hostname"])("%s is not", async (file) => {
  const documents = createDocuments({ root, cwd: root });
  expect(await documents.named(file, 100)).toMatchObject({ ok: false });
  expect(await documents.optional(file, 100)).not.toMatchObject({ ok: true });
});
