import { oneLine } from "../../core/text.ts";
import type { PreviewRepository } from "../../execution/preview/run-preview.ts";
import { factLines, list, plural } from "../figure-lines.ts";
import type { Style, Tone } from "../style.ts";

/** Which commit all work starts from, what agents will not see of the repository, and where results go. */
export function repositoryLines(repository: PreviewRepository, style: Style): string[] {
  const { commit, branch, dirty, shallow, lfs, submodules, target, targetIsNew } = repository;
  const from =
    branch === null
      ? `${commit.slice(0, 10)}, on no branch`
      : `${oneLine(branch, 120)} at ${commit.slice(0, 10)}`;
  const notes: readonly (readonly [string, Tone])[] = [
    ...(dirty ? [["what is not committed is not seen by agents", "warn"] as const] : []),
    ...(shallow ? [["the clone is shallow: agents see no older history", "warn"] as const] : []),
    ...(lfs ? [["files of LFS are pointers in working copies", "warn"] as const] : []),
    ...(submodules.length > 0
      ? [
          [
            `${plural(submodules.length, "submodule")} ${submodules.length === 1 ? "is an empty folder" : "are empty folders"} in working copies: ${list(submodules.slice(0, 4))}`,
            "warn",
          ] as const,
        ]
      : []),
    [
      target === null
        ? "results are gathered on the run's own branch until you land them"
        : `results are moved to ${oneLine(target, 120)}${targetIsNew ? ", which is made," : ""} as they land`,
      "plain",
    ],
  ];
  return [
    ...factLines("repository", from, "plain", style),
    ...notes.flatMap(([text, tone]) => factLines("", text, tone, style)),
  ];
}
