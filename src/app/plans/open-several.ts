import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { findNamed } from "./find-plan.ts";
import { openFound } from "./open-found.ts";
import { openPlan, type OpenPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** Plans that were named, or that lie in folders that were. */
export interface SeveralOpened {
  /** By their files. */
  readonly opened: readonly OpenPlan[];
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
  /** Whether there are more files than are looked for. */
  readonly more: boolean;
}

/** What is named must be there; what a folder holds is taken as far as it is plans. Without a path, all plans of the project. */
export async function openSeveral(
  ports: PlanPorts,
  paths: readonly string[],
): Promise<SeveralOpened> {
  const opened = new Map<string, OpenPlan>();
  const unread = new Map<string, string>();
  const taken = new Set<string>();
  let more = false;
  for (const given of paths.length === 0 ? ["."] : paths) {
    const inside = await plansIn(ports, given);
    if (inside) {
      more ||= inside.more;
      for await (const found of openFound(ports, inside.plans, taken))
        if (found.kind === "plan") opened.set(found.file, found.open);
        else if (found.kind === "unread") unread.set(found.file, found.reason);
      continue;
    }
    const file = await oneNamed(ports, given);
    const open = await openPlan(ports, { file, foundBy: { rule: "path", source: null } });
    for (const { path } of [open.loaded.file, ...open.loaded.companions]) taken.add(path);
    opened.set(file, open);
  }
  return {
    opened: [...opened.values()].toSorted((a, b) => (a.head.file < b.head.file ? -1 : 1)),
    unread: [...unread].map(([file, reason]) => ({ file, reason })),
    more,
  };
}

async function oneNamed(ports: PlanPorts, given: string): Promise<string> {
  const found = await findNamed(ports, given);
  if (found) return found.file;
  throw new WavegateError("PLAN_NOT_FOUND", `There is no plan ${oneLine(given, 200)}.`, {
    hint: "Give a plan by its path or name, or a folder that holds plans; see: wavegate plans list",
    place: { file: given },
  });
}

interface Inside {
  readonly plans: readonly string[];
  /** Whether some may be missing. */
  readonly more: boolean;
}

/** The plans in a folder, or undefined where the name is no folder that holds files. */
async function plansIn(ports: PlanPorts, given: string): Promise<Inside | undefined> {
  const named = await ports.planFiles.named(given);
  if (!named.ok) throw named.error;
  const { paths: found, more } = await ports.planFiles.find();
  const all = named.value === "." || named.value === "";
  const folder = all ? "" : `${named.value.replace(/\/$/, "")}/`;
  const inside = found.filter((path) => path.startsWith(folder));
  if (inside.length > 0) return { plans: inside, more };
  const others = (await ports.projectPaths.list()).filter((path) => path.startsWith(folder));
  const plans = others.filter((path) => /\.(?:md|markdown)$/i.test(path));
  return others.length === 0 && !all ? undefined : { plans, more: false };
}

/** Names that tell the plans apart: paths where several are called alike. */
export function uniqueNames(opened: readonly OpenPlan[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { head } of opened) times.set(head.name, (times.get(head.name) ?? 0) + 1);
  return opened.map(({ head }) => ((times.get(head.name) ?? 0) > 1 ? head.file : head.name));
}
