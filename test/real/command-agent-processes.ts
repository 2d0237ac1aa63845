/** The command agent in a process of its own, for tests that kill or measure that process. Built, because Node 20 runs no TypeScript. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const PROJECT = path.resolve(import.meta.dirname, "../..");

/** Build the adapter and the scripted agent into the folder; returns the path of a module in it by its path in `src`. */
export function buildCommandAgent(folder: string): (module: string) => string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
  const sources = [
    "adapters/agents/command/**/*.ts",
    "adapters/sandbox/**/*.ts",
    "testing/scripted-agent/*.ts",
  ];
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: path.join(PROJECT, "tsconfig.build.json"),
      compilerOptions: {
        declaration: false,
        rootDir: path.join(PROJECT, "src"),
        outDir: path.join(folder, "built"),
      },
      include: sources.map((source) => path.join(PROJECT, "src", source)),
    }),
  );
  execFileSync(
    process.execPath,
    [
      path.join(PROJECT, "node_modules/typescript/bin/tsc"),
      "-p",
      path.join(folder, "tsconfig.json"),
    ],
    { stdio: "inherit" },
  );
  return (module) => path.join(folder, "built", module.replace(/\.ts$/, ".js"));
}
