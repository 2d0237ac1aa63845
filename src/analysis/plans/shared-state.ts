import { statusPathsOf } from "../../plan/places.ts";
import { filesByKind } from "../architecture/files.ts";
import type { AnalysisInput } from "../input.ts";
import { KNOWN_FILES } from "../known-files.ts";
import type { Row } from "../model.ts";
import { rowOf } from "../phrases.ts";

/** What keeps plans from running side by side: each thing that all or several of them use while they run. */
export function sharedState({ plans, files }: AnalysisInput): readonly Row[] {
  const there = filesByKind(files);
  const s4 = plans.filter(({ plan }) => plan.dialect === "plan-file");
  const specKit = plans.filter(({ plan }) => plan.dialect === "spec-kit");
  const single = KNOWN_FILES.filter(
    ({ scope, system }) =>
      scope === "project" &&
      (system === "plan-file" ? s4.length > 0 : system === "spec-kit" && specKit.length > 0),
  ).map(({ id, system, purpose, hidden }) => {
    const found = there.find(({ known }) => known.id === id)?.files[0];
    const users = system === "plan-file" ? s4.length : specKit.length;
    return rowOf(
      [id, hidden ?? "", users, found ? "there" : "not there", purpose],
      found ? [{ file: found.path }] : [],
    );
  });
  const byStatus = new Map<string, string[]>();
  for (const { file } of s4) {
    const [path] = statusPathsOf(file);
    if (path === undefined) continue;
    const some = byStatus.get(path);
    if (some) some.push(file);
    else byStatus.set(path, [file]);
  }
  const present = new Set(files.map(({ path }) => path));
  const status = [...byStatus].map(([path, users]) =>
    rowOf(
      [
        "status",
        path,
        users.length,
        present.has(path) ? "there" : "not there",
        users.length > 1
          ? "Shared: these plans have one name."
          : "State of one plan; no other touches it.",
      ],
      users.map((file) => ({ file })),
    ),
  );
  const working = plans.map(({ file }) => ({ file }));
  return [
    ...single,
    ...status,
    rowOf(
      [
        "working copy",
        ".",
        plans.length,
        "there",
        "Files that tasks change; one state for all who work in it.",
      ],
      working,
    ),
    rowOf(
      [
        "git index and branch",
        ".git",
        plans.length,
        "one for each working copy",
        "A commit takes along what another plan has staged; one branch holds the commits of all.",
      ],
      working,
    ),
  ];
}
