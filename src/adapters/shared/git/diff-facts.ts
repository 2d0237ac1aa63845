import type { FileChange, FileMode } from "../../../ports/workspaces.ts";
import { gitBytes, namesIn } from "./run-git.ts";

const MAX_TARGET = 4_096;
const MAX_OUTPUT = 2 ** 29;
const RAW = /^:(\d{6}) (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/;

interface Row {
  readonly path: string;
  readonly before: FileMode | null;
  readonly after: FileMode | null;
  readonly object: string;
}

/** What differs between two commits of a repository whose objects were checked when they came. Sorted by path. */
export async function diffFacts(
  gitDir: string,
  base: string,
  commit: string,
): Promise<readonly FileChange[]> {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, commit];
  const fields = namesIn(await gitBytes({ gitDir, args, maxOutputBytes: MAX_OUTPUT }));
  const rows: Row[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2)
    rows.push(rowOf(fields[index] ?? "", fields[index + 1] ?? ""));
  const sizes = await sizesOf(gitDir, rows.filter(hasContent));
  const targets = await targetsOf(
    gitDir,
    rows.filter((row) => row.after === "120000" && (sizes.get(row.object) ?? 0) <= MAX_TARGET),
  );
  return rows
    .map(({ path, before, after, object }) => {
      const target = after === "120000" ? targets.get(object) : undefined;
      const size = sizes.get(object) ?? null;
      return { path, before, after, size, ...(target !== undefined && { target }) };
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

const hasContent = ({ after }: Row): boolean => after !== null && after !== "160000";

function rowOf(raw: string, path: string): Row {
  const [, before = "", after = "", object = ""] = RAW.exec(raw) ?? [];
  return { path, before: modeOf(before), after: modeOf(after), object };
}

/** Git writes no other modes into trees; what is taken in is checked for it. */
function modeOf(mode: string): FileMode | null {
  switch (mode) {
    case "000000":
      return null;
    case "100644":
    case "100755":
    case "120000":
    case "160000":
      return mode;
    default:
      throw new Error(`git told of a file of mode ${mode}`);
  }
}

const linesOf = (rows: readonly Row[]): string =>
  [...new Set(rows.map(({ object }) => object))].map((id) => `${id}\n`).join("");

async function sizesOf(gitDir: string, rows: readonly Row[]): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map();
  const args = ["cat-file", "--batch-check=%(objectname) %(objectsize)"];
  const output = await gitBytes({ gitDir, args, input: linesOf(rows), maxOutputBytes: MAX_OUTPUT });
  return new Map(
    output
      .toString("latin1")
      .split("\n")
      .map((line) => line.split(" "))
      .map(([id = "", size]) => [id, Number(size)]),
  );
}

async function targetsOf(
  gitDir: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const args = ["cat-file", "--batch=%(objectname) %(objectsize)"];
  const output = await gitBytes({ gitDir, args, input: linesOf(rows), maxOutputBytes: MAX_OUTPUT });
  const targets = new Map<string, string>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [id = "", size] = output.toString("latin1", at, end).split(" ");
    const next = end + 1 + Number(size);
    targets.set(id, output.toString("utf8", end + 1, next));
    at = next + 1;
  }
  return targets;
}
