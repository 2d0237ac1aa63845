import { existsSync, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import { CLAIMING_NAMES } from "../adapters/config/config-names.ts";
import { WavegateError } from "../core/error.ts";
import { oneLine } from "../core/text.ts";

/** Marks that decide what runs here (a configuration names programs, or is one), or where it is written. */
const TRUSTED_MARKS = [...CLAIMING_NAMES, ".wavegate"];
/** What makes a folder a project; none counts more than another. */
const MARKS = [...TRUSTED_MARKS, ".specify", ".git"];

/** The project a folder belongs to: the nearest one at or above it with a mark, else the folder itself. */
export function findProject(cwd: string): string {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    if (MARKS.some((mark) => existsSync(path.join(folder, mark)))) return folder;
    if (folder === path.dirname(folder)) return path.resolve(cwd);
  }
}

/**
 * Throws PROJECT_UNTRUSTED for a project whose configuration, its folder, or state folder belongs to neither the user nor
 * root: its configuration names programs, or is evaluated, and anybody may put one above a folder of ours, in /tmp for instance.
 * `WAVEGATE_TRUST` names a folder that is trusted all the same, by whatever path. Systems without user ids are not looked at.
 */
export function refuseForeign(
  project: string,
  env: Readonly<Record<string, string | undefined>>,
  uid = process.getuid?.(),
): void {
  const trusted = env["WAVEGATE_TRUST"];
  if (uid === undefined || (trusted && realOf(trusted) === realOf(project))) return;
  // Who became root by sudo is still the one who typed.
  const own = new Set([0, uid, ...(uid === 0 && env["SUDO_UID"] ? [Number(env["SUDO_UID"])] : [])]);
  const there = (names: readonly string[]) =>
    names
      .map((name) => path.join(project, name))
      .filter((file) => lookAt(lstatSync, file) !== undefined);
  // Whose folder it is could put another configuration there.
  const folder = there(CLAIMING_NAMES).length > 0 ? [project] : [];
  for (const file of [...folder, ...there(TRUSTED_MARKS)])
    for (const about of [lookAt(lstatSync, file), lookAt(statSync, file)])
      if (about && !own.has(about.uid)) throw untrusted(file, project, about.uid);
}

/** The real path of a folder; one that is not there is only written out. */
function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function lookAt(look: (file: string) => Stats, file: string): Stats | undefined {
  try {
    return look(file);
  } catch {
    return undefined;
  }
}

const untrusted = (file: string, project: string, uid: number): WavegateError =>
  new WavegateError(
    "PROJECT_UNTRUSTED",
    `${oneLine(file, 400)} belongs to another user (${uid}), who could have any program started here.`,
    {
      hint: `If you trust who it belongs to, set WAVEGATE_TRUST=${oneLine(project, 400)}; otherwise make a wavegate.config.yaml in a folder of your own further down.`,
      place: { file },
    },
  );
