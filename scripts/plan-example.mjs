/**
 * The shipped examples of a plan (`examples/plan-run`) and of a specification (`examples/spec-run`) as git repositories of their own, for
 * whoever runs them: people, tests, benches.
 */
import { execFileSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const EXAMPLE = path.resolve(import.meta.dirname, "../examples/plan-run");

/** The plan, in the repository. */
export const EXAMPLE_PLAN = "docs/plans/reports.md";
/** What is copied. */
export const EXAMPLE_REPOSITORY = path.join(EXAMPLE, "repository");
/** What the puppet does. */
export const EXAMPLE_SCRIPT = path.join(EXAMPLE, "puppet/script.json");

const SPEC_RUN = path.resolve(import.meta.dirname, "../examples/spec-run");
/** The specification, in its repository, and what the puppet does about the plan that is made of it. */
export const EXAMPLE_SPEC = "specs/001-search-entries";
const SPEC_SCRIPT = path.join(SPEC_RUN, "puppet/script.json");

/**
 * Make the repository in a folder that is not there yet, with one commit on `main`, and a configuration that names the puppet. `agent` is
 * another agent as the configuration has it, `command` the whole command line of one, `test` what is run on every landing; `execution` and
 * `more` are lines of YAML for the configuration.
 */
export function makeExample(
  folder,
  {
    program,
    script = EXAMPLE_SCRIPT,
    command = [process.execPath, program, "--", script],
    name = "puppet",
    agent = { command, summary: "Carries out the example's plan by a script" },
    test = "node --test",
    execution = [],
    more = [],
    change = () => {},
  },
) {
  cpSync(EXAMPLE_REPOSITORY, folder, { recursive: true });
  change();
  const config = [
    "agents:",
    `  ${name}: ${JSON.stringify(agent)}`,
    "execution:",
    `  agent: ${name}`,
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
    "The library, and what is wanted of it",
  );
}

/** The same repository with a specification in place of the plan; the puppet carries out what the built-in analysts make of it. */
export function makeSpecExample(folder, options) {
  const change = () => {
    rmSync(path.join(folder, "docs"), { recursive: true });
    cpSync(path.join(SPEC_RUN, "specs"), path.join(folder, "specs"), { recursive: true });
  };
  makeExample(folder, { script: SPEC_SCRIPT, ...options, change });
}
