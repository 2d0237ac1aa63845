/** Adds lines to one file of a project, each time from what it reads, until so many of its edits were taken. */
import { createProjectFiles } from "../../../src/adapters/artifacts/project-files.ts";

const [root = "", file = "", name = "", edits = "0"] = process.argv.slice(2);
const files = createProjectFiles({ root });
let refused = 0;
for (let n = 1; n <= Number(edits);) {
  const now = await files.read(file);
  const written = await files.write(file, `${now?.content ?? ""}${name}.${n}\n`, now?.digest);
  if (written.ok) n += 1;
  else if (written.error.code === "ARTIFACT_WOULD_OVERWRITE") refused += 1;
  else throw written.error;
}
process.stdout.write(String(refused));
