/** The shipped example of a plan (`examples/plan-run`) as a git repository of its own, for whoever runs it: people, tests, benches. */
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";

const EXAMPLE = path.resolve(import.meta.dirname, "../examples/plan-run");

/** The plan, in the repository. */
export const EXAMPLE_PLAN = "docs/plans/reports.md";
/** What the puppet does. */
export const EXAMPLE_SCRIPT = path.join(EXAMPLE, "puppet/script.json");

/**
 * Make the repository in a folder that is not there yet, with one commit on `main`, and a configuration that names the puppet. `command` is the
 * whole command line of another agent, `test` what is run on every landing; `execution` and `more` are lines of YAML for the configuration.
 */
export function makeExample(
  folder,
  { program, script = EXAMPLE_SCRIPT, command, test = "node --test", execution = [], more = [] },
) {
  cpSync(path.join(EXAMPLE, "repository"), folder, { recursive: true });
  const words = command ?? [process.execPath, program, "--", script];
  const config = [
    "agents:",
    "  puppet:",
    `    command: ${JSON.stringify(words)}`,
    "    summary: Carries out the example's plan by a script",
    "execution:",
    "  agent: puppet",
    "  workers: 3",
    `  test: ${test}`,
    ...execution.map((line) => `  ${line}`),
    ...more,
  ];
  writeFileSync(path.join(folder, "wavegate.config.yaml"), `${config.join("\n")}\n`);
  const git = (...args) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git(
    "-c",
    "user.name=Example",
    "-c",
    "user.email=example@example.invalid",
    "commit",
    "-qm",
    "The library, and a plan for it",
  );
}
