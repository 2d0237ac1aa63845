/** Files that are called alike in every folder: the folder tells which plan it is. */
const ALIKE = /^(?:tasks(?:\.execution)?|plan|todo|prd|prd-original|prd-tracker|phase-\d.*)$/i;
const STATE = /(?:^|\/)\.claude\/state\/projects\/([^/]+)\//;
/** Folders that say nothing of what is in them. */
const PLAIN = new Set(["plans", "prd", "prds", "docs", "specs", "architecture", "tasks", "."]);

/** What a plan can be called by: `docs/plans/core.md` is `core`, `specs/001-albums/tasks.md` is `001-albums`. */
export function planName(path: string): string {
  const [, project] = STATE.exec(path) ?? [];
  if (project !== undefined) return project;
  const parts = path.split("/");
  const stem = (parts.at(-1) ?? path).replace(/\.(?:md|markdown|json|ya?ml|txt)$/i, "");
  const folder = parts.at(-2) ?? "";
  return ALIKE.test(stem) && folder !== "" && !PLAIN.has(folder) ? folder : stem;
}

/** What can stand for a plan, best first: its path, its name, the beginning of its name. */
const MATCHES: readonly ((wanted: string, path: string) => boolean)[] = [
  (wanted, path) => path === wanted,
  (wanted, path) => planName(path) === wanted,
  (wanted, path) => path.endsWith(`/${wanted}`) || path.endsWith(`/${wanted}.md`),
  (wanted, path) => planName(path).startsWith(wanted),
];

/** Those of the paths that a name means: all that match it equally well. */
export function plansNamed(wanted: string, paths: readonly string[]): readonly string[] {
  for (const matches of MATCHES) {
    const found = paths.filter((path) => matches(wanted, path));
    if (found.length > 0) return found;
  }
  return [];
}
