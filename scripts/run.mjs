/** Run programs one after another for the project's scripts: show what runs, stop at the first that fails. */
import { spawnSync } from "node:child_process";

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

/** A development tool of this project, by the name of its file in `node_modules/.bin`. */
export const tool = (title, name, ...args) => run(title, `node_modules/.bin/${name}`, args);
