import { access, constants, stat } from "node:fs/promises";
import path from "node:path";

/** Where a program is, or why it cannot be started. */
export type Program =
  | { readonly found: true; readonly file: string }
  | { readonly found: false; readonly reason: string };

/**
 * Look a program up. A name with a slash is taken relative to `cwd`; a bare name is searched on PATH. Relative entries of
 * PATH are skipped, so that a file in the project can never stand in for a program.
 */
export async function findProgram(
  name: string,
  searchPath: string | undefined,
  cwd: string,
): Promise<Program> {
  if (name.includes("/") || path.isAbsolute(name)) return check(path.resolve(cwd, name));
  let nearest: Program = { found: false, reason: `${name} is not on PATH` };
  for (const folder of (searchPath ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const program = await check(path.join(folder, name));
    if (program.found) return program;
    if (program.reason.includes("not executable")) nearest = program;
  }
  return nearest;
}

async function check(file: string): Promise<Program> {
  try {
    if (!(await stat(file)).isFile()) return { found: false, reason: `${file} is not a file` };
  } catch {
    return { found: false, reason: `${file} does not exist` };
  }
  try {
    await access(file, constants.X_OK);
    return { found: true, file };
  } catch {
    return { found: false, reason: `${file} is not executable` };
  }
}
