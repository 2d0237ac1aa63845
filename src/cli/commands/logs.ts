import { WavegateError } from "../../core/error.ts";
import { inert, oneLine } from "../../core/text.ts";
import type { App } from "../../app/app.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

/** List the files of a run, or print those of one role, or one file by its path. */
export async function logs(
  this: Cli,
  flags: CommonFlags,
  name: string,
  role?: string,
): Promise<void> {
  const app = await this.app();
  const { folder } = await app.show(name);
  const files = await app.logs(name);
  if (role === undefined) {
    printResult(this, flags, {
      json: { folder, files },
      lines: () => [
        inert(folder),
        ...files.map(({ path, bytes }) => `${String(bytes).padStart(10)}  ${shown(path)}`),
      ],
    });
    return;
  }
  const paths = files
    .map((file) => file.path)
    .filter((path) => path === role || isOfRole(path, role));
  if (paths.length === 0)
    throw new WavegateError("USAGE", `The run has no logs of "${oneLine(role, 60)}".`, {
      hint: `List them with: wavegate logs ${name}`,
    });
  const texts = await readAll(app, name, paths);
  const clean = this.io.stdout.isTTY ? inert : (text: string) => text;
  printResult(this, flags, {
    json: { folder, files: texts },
    lines: () =>
      texts.flatMap(({ path, text }) => [
        ...(texts.length > 1 ? [`==> ${shown(path)} <==`] : []),
        clean(text.endsWith("\n") ? text.slice(0, -1) : text),
      ]),
  });
}

/** Agents write to these folders, and name files as they like. */
const shown = (path: string) => oneLine(path, 1_000);

/** Attempts are named `stage-role-r1-a1`; what was asked is left to `logs RUN PATH`. */
const isOfRole = (path: string, role: string) =>
  path.includes(`-${role}-r`) && !path.endsWith("prompt.md");

async function readAll(app: App, name: string, paths: readonly string[]) {
  const texts: { readonly path: string; readonly text: string }[] = [];
  for (const path of paths) texts.push({ path, text: await app.readLog(name, path) });
  return texts;
}
