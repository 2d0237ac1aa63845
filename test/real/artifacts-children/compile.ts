import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const PROJECT = path.resolve(import.meta.dirname, "../../..");

/** Compile the programs of this folder, with the code they use, so that every supported Node can run them. */
export function compileChildren(outDir: string): (name: string) => string {
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const names = ["write-loop", "put-once", "edit-often", "append-audit", "say-kernel"];
  const files = names.map((name) => path.join(import.meta.dirname, `${name}.ts`));
  const options =
    "--noCheck --module nodenext --target es2023 --rewriteRelativeImportExtensions --ignoreConfig";
  execFileSync(process.execPath, [
    tsc,
    ...files,
    ...options.split(" "),
    "--outDir",
    outDir,
    "--rootDir",
    PROJECT,
  ]);
  writeFileSync(path.join(outDir, "package.json"), '{"type":"module"}');
  return (name) => path.join(outDir, "test/real/artifacts-children", `${name}.js`);
}
