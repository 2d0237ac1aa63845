/**
 * The shipped plan, carried out by the puppet in a copy of the shipped repository: no key, no server. `node scripts/run-example.mjs [FOLDER]
 * [options of wavegate run]`. The folder must not be there yet; without one it is a new one, and its path is printed.
 */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EXAMPLE_PLAN, makeExample } from "./plan-example.mjs";
import { run } from "./run.mjs";

const root = path.resolve(import.meta.dirname, "..");
const main = path.join(root, "dist/cli/main.js");
const words = process.argv.slice(2);
const named = words[0]?.startsWith("-") === false ? path.resolve(words[0]) : undefined;

if (!existsSync(main)) run("build", process.execPath, ["scripts/build.mjs"], { cwd: root });
if (named !== undefined && existsSync(named)) {
  process.stderr.write(`${named} is there already: name a folder that is not.\n`);
  process.exit(2);
}
const folder =
  named ?? path.join(mkdtempSync(path.join(tmpdir(), "wavegate-example-")), "pennybook");
makeExample(folder, { program: path.join(root, "dist/testing/puppet-coder/program.js") });
process.stdout.write(`The example is in ${folder}\n`);
const more = named === undefined ? words : words.slice(1);
const { code } = run("wavegate run", process.execPath, [main, "run", EXAMPLE_PLAN, ...more], {
  cwd: folder,
  allow: [0, 1, 4],
});
process.exitCode = code;
