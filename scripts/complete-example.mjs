/**
 * From the shipped specification to landed commits, in a copy of the shipped repository, with no key and no server: built-in analysts plan and
 * prepare, the puppet carries out. `node scripts/complete-example.mjs [FOLDER] [--approve]`. The folder must not be there yet; without one it
 * is a new one. With `--approve` the script says what a person would at each gate, up to landed commits, and shows them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EXAMPLE_SPEC, makeSpecExample } from "./plan-example.mjs";
import { run } from "./run.mjs";

const root = path.resolve(import.meta.dirname, "..");
const main = path.join(root, "dist/cli/main.js");
const words = process.argv.slice(2);
const named = words.find((word) => !word.startsWith("-"));
const folder = named
  ? path.resolve(named)
  : path.join(mkdtempSync(path.join(tmpdir(), "wavegate-example-")), "pennybook");

if (!existsSync(main)) run("build", process.execPath, ["scripts/build.mjs"], { cwd: root });
if (existsSync(folder)) {
  process.stderr.write(`${folder} is there already: name a folder that is not.\n`);
  process.exit(2);
}
makeSpecExample(folder, { program: path.join(root, "dist/testing/puppet-coder/program.js") });
process.stdout.write(`The example is in ${folder}\n`);

/** As a person types it: what it prints is shown, and given. */
function wavegate(...args) {
  process.stdout.write(`\n$ wavegate ${args.join(" ")}\n`);
  const { status, stdout } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.stdout.write(stdout);
  return { code: status ?? 1, stdout };
}

const WAITING = 4;
let { code, stdout } = wavegate("complete", EXAMPLE_SPEC);
const gate = () => /wavegate approve (\S+) --digest ([0-9a-f]+)/.exec(stdout);
const run_ = gate()?.[1] ?? "";
const landed = () =>
  execFileSync("git", ["rev-list", "--count", "HEAD"], { cwd: folder, encoding: "utf8" });
while (words.includes("--approve") && code === WAITING && Number(landed()) === 1) {
  const [, id, digest] = gate() ?? [];
  ({ code, stdout } = id ? wavegate("approve", id, "--digest", digest) : wavegate("resume", run_));
}
if (Number(landed()) > 1) {
  const shown = (command, ...args) =>
    run(`${command} ${args.join(" ")}`, command, args, { cwd: folder });
  shown("git", "log", "--format=%h %s (%(trailers:key=Wavegate-Task,valueonly,separator=%x2C))");
  shown("node", "--test");
  code = 0;
}
process.exitCode = code;
