import { createHash } from "node:crypto";
import { WavegateError } from "../core/error.ts";
import { err, ok } from "../core/result.ts";
import {
  companionsOf,
  findingsFolderOf,
  PLAN_PLACES,
  statusPathsOf,
  type PlanPlace,
} from "../plan/places.ts";
import type { LoadedStatus, PlanChange, PlanFile, PlanFiles } from "../ports/plan-files.ts";

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Plans without disk, for fast tests.
 *
 * @param disk path → text; may be looked at and changed behind the port's back
 */
export function createMemoryPlanFiles(disk: Map<string, string>): PlanFiles {
  const read = (path: string): PlanFile | undefined => {
    const text = disk.get(path);
    return text === undefined ? undefined : { path, text, digest: digestOf(text) };
  };
  const namesIn = (folder: string) =>
    [...disk.keys()]
      .flatMap((path) => (folderOf(path) === folder ? [nameOf(path)] : []))
      .toSorted();
  return {
    async find() {
      const found = [...disk.keys()].filter((path) =>
        PLAN_PLACES.some((place) => isIn(path, place)),
      );
      return { paths: found.toSorted(), more: false };
    },
    async named(given) {
      const path = given.replace(/^(?:\.\/)+/, "").replace(/\/$/, "");
      if (path.startsWith("/") || path.split("/").includes(".."))
        return err(
          new WavegateError("USAGE", `${given} lies outside the project.`, {
            hint: "Stay inside.",
          }),
        );
      return ok(disk.has(`${path}/tasks.md`) ? `${path}/tasks.md` : path);
    },
    async read(path) {
      const file = read(path);
      return file && ok(file);
    },
    async load(path) {
      const file = read(path);
      if (!file)
        return err(
          new WavegateError("PLAN_NOT_FOUND", `There is no plan ${path}.`, {
            hint: "Check the path.",
            place: { file: path },
          }),
        );
      const beside = namesIn(folderOf(path)).map((name) => `${folderOf(path)}/${name}`);
      const companions = companionsOf(path, beside).flatMap((other) => read(other) ?? []);
      return ok({ file, companions, problems: [], status: statusOf(path, { read, namesIn }) });
    },
    async change(change) {
      return changeIn(disk, change, read);
    },
  };
}

interface Looking {
  readonly read: (path: string) => PlanFile | undefined;
  readonly namesIn: (folder: string) => readonly string[];
}

function statusOf(plan: string, { read, namesIn }: Looking): LoadedStatus | undefined {
  const paths = statusPathsOf(plan);
  const path = paths.find((each) => read(each)) ?? paths[0];
  if (path === undefined) return undefined;
  const file = read(path);
  return { path, file: file && ok(file), findings: namesIn(findingsFolderOf(path)) };
}

function changeIn(
  disk: Map<string, string>,
  { files, edit }: PlanChange,
  read: Looking["read"],
): Awaited<ReturnType<PlanFiles["change"]>> {
  const other = files.find(
    ({ path, expected }) => expected !== undefined && read(path)?.digest !== expected,
  );
  if (other)
    return err(
      new WavegateError("PLAN_CHANGED", `${other.path} was changed.`, {
        hint: "Run the command again.",
        place: { file: other.path },
      }),
    );
  const now = new Map(
    files.flatMap(({ path }) => {
      const file = read(path);
      return file ? [[path, file] as const] : [];
    }),
  );
  const edited = edit(now);
  if (!edited.ok) return edited;
  const writes = edited.value.filter(({ path, text }) => disk.get(path) !== text);
  for (const { path, text } of writes) {
    if (!files.some((file) => file.path === path))
      throw new Error(`${path} is not one of the files of the change`);
    disk.set(path, text);
  }
  return ok(writes.map(({ path, text }) => ({ path, text, digest: digestOf(text) })));
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path: string) =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";

function isIn(path: string, { folder, depth, name }: PlanPlace): boolean {
  if (!path.startsWith(`${folder}/`) || !name.test(nameOf(path))) return false;
  const below = path.slice(folder.length + 1).split("/");
  return below.length <= depth && below.slice(0, -1).every((each) => !each.startsWith("."));
}
