import type { Plan } from "../../plan/model.ts";
import type { SharedResource, Use } from "../../schedule/project/project.ts";

/** Who is to do it, as far as the text of a plan says so in words. */
export interface WrittenCrews {
  /** Skills by key of task. */
  readonly skills: ReadonlyMap<string, readonly string[]>;
  readonly resources: readonly SharedResource[];
  readonly uses: ReadonlyMap<string, readonly Use[]>;
}

const SKILLS =
  /^[\s*>_+-]{0,12}(?:required |key )?skills?(?: required| needed)?\*{0,2}\s?:\*{0,2}\s{0,4}(\S.{0,300})$/i;
const SINGLE_AGENT =
  /^[\s*>_+-]{0,12}agent assignment(?: strategy)?\*{0,2}\s?:\*{0,2}\s{0,4}single agent\b/i;
const MOST_SKILLS = 20;

/**
 * Lines `Skills: React, TypeScript` of a task, or of a phase for all its tasks; and `Agent Assignment Strategy: Single agent` of a phase (PRDs):
 * one agent does all of it, so that its tasks run one at a time.
 */
export function writtenCrews(
  { phases, tasks }: Plan,
  texts: readonly { readonly path: string; readonly text: string }[],
): WrittenCrews {
  const skills = new Map<string, string[]>();
  const uses = new Map<string, Use[]>();
  const resources: SharedResource[] = [];
  const tasksOf = (phase: string) => tasks.filter((task) => task.phase === phase);
  const learn = (key: string, names: readonly string[]): void => {
    skills.set(key, [...(skills.get(key) ?? []), ...names]);
  };
  for (const { path, text } of texts) {
    const owners = ownersIn(path, phases, tasks);
    text.split(/\r\n|\n|\r/).forEach((line, at) => {
      if (line.length > 1_000 || !/skill|agent/i.test(line)) return;
      const owner = lastBefore(owners, at + 1);
      const names = namesIn(SKILLS.exec(line)?.[1]);
      if (owner && names.length > 0)
        if (owner.kind === "task") learn(owner.key, names);
        else for (const { key } of tasksOf(owner.key)) learn(key, names);
      if (owner?.kind !== "phase" || !SINGLE_AGENT.test(line)) return;
      const id = `one agent of phase ${owner.key}`;
      if (resources.some((resource) => resource.id === id)) return;
      resources.push({
        id,
        title: id,
        kind: "other",
        capacity: 1,
        place: { file: path, line: at + 1 },
      });
      for (const { key } of tasksOf(owner.key))
        uses.set(key, [...(uses.get(key) ?? []), { resource: id, amount: 1 }]);
    });
  }
  return { skills, resources, uses };
}

interface Owner {
  readonly kind: "phase" | "task";
  readonly key: string;
  readonly line: number;
}

/** Phases and tasks of a file, by line. */
const ownersIn = (file: string, phases: Plan["phases"], tasks: Plan["tasks"]): readonly Owner[] =>
  [
    ...phases.map(({ key, place }) => ({ kind: "phase" as const, key, place })),
    ...tasks.map(({ key, place }) => ({ kind: "task" as const, key, place })),
  ]
    .filter(({ place }) => place.file === file)
    .map(({ kind, key, place }) => ({ kind, key, line: place.line ?? 0 }))
    .toSorted((a, b) => a.line - b.line);

function lastBefore(owners: readonly Owner[], line: number): Owner | undefined {
  let [low, high] = [-1, owners.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((owners[middle]?.line ?? Infinity) <= line) low = middle;
    else high = middle - 1;
  }
  return owners[low];
}

const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? "")
    .replace(/[[\]`*"]/g, "")
    .split(/[,;/]/)
    .map((name) => name.trim())
    .filter((name) => name !== "" && name.length <= 60 && !/^(?:none|n\/a|-)$/i.test(name))
    .slice(0, MOST_SKILLS);
