/** Run programs one after another for the project's scripts: show what runs, stop at the first that fails. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

/**
 * @param {string} title what a person sees
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, allow?: readonly number[], quiet?: boolean }} [options]
 * @returns {{ stdout: string, code: number }}
 */
export function run(title, command, args, options = {}) {
  const started = Date.now();
  process.stdout.write(`\n▸ ${title}\n`);
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: options.quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const code = status ?? 1;
  if (error || !(options.allow ?? [0]).includes(code)) {
    if (options.quiet) process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
    process.stderr.write(`\n✗ ${title}: ${error?.message ?? signal ?? `exit code ${code}`}\n`);
    process.exit(code === 0 ? 1 : code);
  }
  process.stdout.write(`  ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return { stdout: stdout ?? "", code };
}

/**
 * Begin a program beside those that follow. Whoever awaits what is given sees its output and waits for its end; where it failed, all ends.
 * @param {string} title what a person sees
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} output a file that its output is kept in until then
 */
export function beside(title, command, args, output) {
  const file = openSync(output, "w");
  const child = spawn(command, args, { stdio: ["ignore", file, file] });
  closeSync(file);
  const ended = once(child, "exit");
  process.on("exit", () => child.kill());
  return async () => {
    const [code, signal] = await ended;
    process.stdout.write(`\n▸ ${title} (beside what was last)\n${readFileSync(output, "utf8")}`);
    if (code === 0) return;
    process.stderr.write(`\n✗ ${title}: ${signal ?? `exit code ${code}`}\n`);
    process.exit(code ?? 1);
  };
}

/** A development tool of this project, by the name of its file in `node_modules/.bin`. */
export const tool = (title, name, ...args) => run(title, `node_modules/.bin/${name}`, args);
