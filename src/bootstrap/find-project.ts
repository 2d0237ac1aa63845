import { existsSync, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import { CLAIMING_NAMES } from "../adapters/config/config-names.ts";
import { WavegateError } from "../core/error.ts";
import { leadsOut } from "../core/leads-out.ts";
import { oneLine } from "../core/text.ts";
import { PLAN_PLACES } from "../plan/places.ts";

/** Marks that decide what runs here (a configuration names programs, or is one), or where it is written. */
const TRUSTED_MARKS = [...CLAIMING_NAMES, ".wavegate"];
/** What makes a folder a project; none counts more than another. */
const MARKS = [...TRUSTED_MARKS, ".specify", ".git"];

/** The project a folder belongs to: the nearest one at or above it with a mark, else the folder itself. */
export const findProject = (cwd: string): string =>
  nearest(path.resolve(cwd), isMarked) ?? path.resolve(cwd);

const isMarked = (folder: string) => MARKS.some((mark) => existsSync(path.join(folder, mark)));

/** The nearest folder at or above one, up to the root of the disk, of which something holds. */
function nearest(from: string, holds: (folder: string) => boolean): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (holds(folder)) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/**
 * The repository that a path lies in, where that is not the project: a repository inside the project that is git's own, or whatever lies outside:
 * the nearest project at or above the path, else the folder from which plans would be found where it is, else its own folder. Undefined
 * where nothing is there.
 *
 * @param project real path of the project
 */
export function repositoryOf(absolute: string, project: string): string | undefined {
  const inside = isAtOrIn(project, absolute);
  // A link inside the project is no way out of it.
  const real = inside ? absolute : realOf(absolute);
  const about = lookAt(statSync, real);
  if (!about) return undefined;
  const folder = about.isDirectory() ? real : path.dirname(real);
  if (inside || isAtOrIn(project, real)) {
    const git = nearest(folder, (one) => one === project || existsSync(path.join(one, ".git")));
    return git === undefined || git === project ? undefined : git;
  }
  return nearest(folder, isMarked) ?? aboveItsPlace(real) ?? folder;
}

const isAtOrIn = (folder: string, other: string): boolean => {
  const relative = path.relative(folder, other);
  return !leadsOut(relative, path.sep) && !path.isAbsolute(relative);
};

/** The folder in which a path would be found as a plan: `docs/plans/a.md` is one of the folder above `docs`. */
const aboveItsPlace = (real: string): string | undefined =>
  nearest(real, (above) =>
    PLAN_PLACES.some(({ folder }) => isAtOrIn(path.join(above, folder), real)),
  );

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
