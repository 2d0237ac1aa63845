import type { Plan } from "../model.ts";

/** What a file of findings is about. */
export interface FindingsFile {
  readonly name: string;
  /** Keys of tasks or verifications. */
  readonly tasks: readonly string[];
  /** Key of a phase, for findings of a whole phase (`3-slug.md`). */
  readonly phase: string | undefined;
}

/** The name that S4's tool looks for: dots become hyphens; nothing else of an id can lead anywhere. */
export const findingsName = (id: string): string => `${id.replace(/[^\p{L}\p{N}_-]/gu, "-")}.md`;

/**
 * The path of a file that a record of a status file names: from the project, or from beside the status file (`findings/1-1.md`), where the
 * folder of findings is.
 */
export function findingsPath(written: string, folder: string): string {
  const path = written
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "");
  return path.startsWith("findings/") ? `${folder.slice(0, -"findings".length)}${path}` : path;
}

const ENDING = /\.(?:md|markdown|txt)$/i;
const RANGE = /^(\d{1,6}[.-]\d{1,6})(?:-|_to_|\.\.)(\d{1,6}[.-]\d{1,6})$/;

/**
 * What the files of a findings folder are about, in all forms that are on disk (FORMATS §1.3): `1-1.md`, `1.1.md`, `1-1-slug.md`, `1.1-slug.md`,
 * `V0-slug.md`, `verify-0.md`, `4.1-4.5.md`, and `1-slug.md` for a phase. The longest id that fits counts. A name that fits none
 * has neither tasks nor phase.
 */
export function resolveFindings(names: readonly string[], plan: Plan): readonly FindingsFile[] {
  const known = new Map<string, string>();
  const learn = (name: string, key: string) => {
    if (!known.has(plainOf(name))) known.set(plainOf(name), key);
  };
  for (const { id, key } of plan.tasks) learn(id ?? key, key);
  for (const { key } of plan.verifications) learn(key, key);
  const phases = new Map(plan.phases.toReversed().map(({ key }) => [plainOf(key), key]));
  return names.map((name) => {
    const stem = name.replace(ENDING, "");
    const [, from, to] = RANGE.exec(stem) ?? [];
    const between =
      from !== undefined && to !== undefined ? tasksBetween(plan, known, from, to) : [];
    const task = known.get(plainOf(stem));
    if (task === undefined && between.length > 0) return { name, tasks: between, phase: undefined };
    const found = longest(known, stem);
    if (found !== undefined) return { name, tasks: [found], phase: undefined };
    return { name, tasks: [], phase: longest(phases, stem) };
  });
}

/** Parts of a name, so that `1.1`, `1-1`, `V-0` and `V0` are told alike: `1-1`, `v-0`. `VERIFY 1` is `verify-1`. */
const partsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})/u)
    .filter((part) => part !== "");

const plainOf = (name: string): string => partsOf(name).join("-");

/** What the longest beginning of the name that is known stands for. */
function longest(known: ReadonlyMap<string, string>, stem: string): string | undefined {
  const parts = partsOf(stem).slice(0, 8);
  for (let length = parts.length; length > 0; length--) {
    const found = known.get(parts.slice(0, length).join("-"));
    if (found !== undefined) return found;
  }
  return undefined;
}

function tasksBetween(
  plan: Plan,
  known: ReadonlyMap<string, string>,
  from: string,
  to: string,
): readonly string[] {
  const index = (name: string) =>
    plan.tasks.findIndex(({ key }) => key === known.get(plainOf(name)));
  const [first, last] = [index(from), index(to)];
  return first < 0 || last < first ? [] : plan.tasks.slice(first, last + 1).map(({ key }) => key);
}

export interface FindingsHead {
  readonly id: string;
  readonly description: string;
  readonly status: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly durationMs?: number;
}

/** A file of findings as S4's plans have them: head, summary, details. */
export function findingsText(head: FindingsHead, summary: string, details: string): string {
  const { id, description, status, startedAt, completedAt, durationMs } = head;
  const lines = [
    `# Task ${id}: ${description}`,
    "",
    `**Status:** ${status}`,
    ...(startedAt === undefined ? [] : [`**Started:** ${startedAt}`]),
    ...(completedAt === undefined ? [] : [`**Completed:** ${completedAt}`]),
    ...(durationMs === undefined ? [] : [`**Duration:** ${Math.round(durationMs / 1000)}s`]),
    "",
    "## Summary",
    "",
    summary.trimEnd(),
    "",
    "## Details",
    "",
    details.trimEnd(),
    "",
  ];
  return lines.join("\n");
}
