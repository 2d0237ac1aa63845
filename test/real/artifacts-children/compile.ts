import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const PROJECT = path.resolve(import.meta.dirname, "../../..");

const PROGRAMS = ["write-loop", "put-once", "edit-often", "append-audit", "say-kernel"].map(
  (name) => `artifacts-children/${name}`,
);

/**
 * Compile programs of `test/real`, by default those of this folder, with the code they use, so that every supported Node can
 * run them. Gives where each one is, by its name without folder.
 */
export function compileChildren(
  outDir: string,
  programs: readonly string[] = PROGRAMS,
): (name: string) => string {
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const files = programs.map((name) => path.join(PROJECT, "test/real", `${name}.ts`));
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
  symlinkSync(path.join(PROJECT, "node_modules"), path.join(outDir, "node_modules"), "junction");
  return (name) => {
    const program = programs.find((each) => path.basename(each) === name) ?? name;
    return path.join(outDir, "test/real", `${program}.js`);
  };
}
