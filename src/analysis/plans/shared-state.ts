import { statusPathsOf } from "../../plan/places.ts";
import { filesByKind } from "../architecture/files.ts";
import type { AnalysisInput } from "../input.ts";
import { KNOWN_FILES } from "../known-files.ts";
import type { Row } from "../model.ts";
import { rowOf } from "../phrases.ts";

/** What keeps plans from running side by side: each thing that all or several of them use while they run. */
export function sharedState(input: AnalysisInput): readonly Row[] {
  const working = input.plans.map(({ file }) => ({ file }));
  const count = working.length;
  return [
    ...singleFiles(input),
    ...statusFiles(input),
    rowOf(["working copy", ".", count, "there", WORKING_COPY], working),
    rowOf(["git index and branch", ".git", count, "one for each working copy", GIT], working),
  ];
}

const WORKING_COPY = "Files that tasks change; one state for all who work in it.";
const GIT =
  "A commit takes along what another plan has staged; one branch holds the commits of all.";
const presence = (there: boolean): string => (there ? "there" : "not there");

/** Files of which there is one for all plans of a system. */
function singleFiles({ plans, files }: AnalysisInput): readonly Row[] {
  const kinds = filesByKind(files);
  return KNOWN_FILES.filter(({ scope }) => scope === "project").flatMap(
    ({ id, system, purpose, hidden }) => {
      const users = plans.filter(({ plan }) => plan.dialect === system).length;
      if (users === 0) return [];
      const found = kinds.find(({ known }) => known.id === id)?.files[0];
      const cells = [id, hidden ?? null, users, presence(found !== undefined), purpose];
      return [rowOf(cells, found ? [{ file: found.path }] : [])];
    },
  );
}

/** Status files; plans of one name share one. */
function statusFiles({ plans, files }: AnalysisInput): readonly Row[] {
  const byStatus = new Map<string, string[]>();
  for (const { file, plan } of plans) {
    const [path] = plan.dialect === "plan-file" ? statusPathsOf(file) : [];
    if (path === undefined) continue;
    const some = byStatus.get(path);
    if (some) some.push(file);
    else byStatus.set(path, [file]);
  }
  const present = new Set(files.map(({ path }) => path));
  return [...byStatus].map(([path, users]) => {
    const matters =
      users.length > 1
        ? "Shared: these plans have one name."
        : "State of one plan; no other touches it.";
    const cells = ["status", path, users.length, presence(present.has(path)), matters];
    return rowOf(
      cells,
      users.map((file) => ({ file })),
    );
  });
}
