/** The program as it is built, made once for all real tests of a run, in a folder that everybody may read. */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { bundleProgram } from "../../scripts/bundle.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the package: `dist/cli/main.js` is the program. */
    readonly builtProgram: string;
  }
}

const ROOT = path.resolve(import.meta.dirname, "../..");

export async function setup(project: TestProject): Promise<() => void> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-built-")));
  chmodSync(folder, 0o755);
  copyFileSync(path.join(ROOT, "package.json"), path.join(folder, "package.json"));
  for (const part of ["node_modules", "integrations"])
    symlinkSync(path.join(ROOT, part), path.join(folder, part));
  const dist = path.join(folder, "dist");
  const compiler = path.join(ROOT, "node_modules/typescript/bin/tsc");
  // Types are checked elsewhere; here they would only take time.
  const options = ["-p", "tsconfig.build.json", "--noCheck", "--outDir", dist];
  execFileSync(process.execPath, [compiler, ...options], { cwd: ROOT, stdio: "inherit" });
  await bundleProgram(dist);
  project.provide("builtProgram", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
