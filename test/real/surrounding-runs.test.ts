/** Whether a process knows the attempt that it was started in, also when its own variables were cleared. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FILE = path.join(ROOT, "src/adapters/agents/shared/process/surrounding-runs.ts");
const SCRIPT = `import { createJiti } from "jiti";
const { surroundingRuns } = await createJiti(process.cwd() + "/x.mjs").import(${JSON.stringify(FILE)});
console.log(JSON.stringify(surroundingRuns(process.env)));`;

/** What a process below these programs says; each is started with such variables. */
const below = (...shells: readonly string[]): unknown => {
  const above = shells.flatMap((shell) => [...shell.split(" "), "sh", "-c", '"$@"; true', "sh"]);
  const args = [...above, process.execPath, "--input-type=module", "-e", SCRIPT];
  const env = { PATH: process.env["PATH"] };
  return JSON.parse(execFileSync("env", args.slice(1), { cwd: ROOT, env, encoding: "utf8" }));
};

test.skipIf(process.platform !== "linux")("the attempts around a process are known", () => {
  expect(below("env X=1")).toEqual([]);
  expect(below("env WAVEGATE_ATTEMPT=t WAVEGATE_RUN=r1")).toEqual(["r1"]);
  expect(below("env WAVEGATE_ATTEMPT=t")).toEqual([""]);
  const cleared = "env -u WAVEGATE_ATTEMPT -u WAVEGATE_RUN";
  expect(below("env WAVEGATE_ATTEMPT=t WAVEGATE_RUN=r1", cleared)).toEqual(["r1"]);
  expect(
    below(
      "env WAVEGATE_ATTEMPT=t WAVEGATE_RUN=outer",
      "env WAVEGATE_ATTEMPT=t:u WAVEGATE_RUN=inner",
      cleared,
    ),
  ).toEqual(["inner", "outer"]);
});
