import type { InitReport } from "../app/init-project.ts";
import { inert, oneLine } from "../core/text.ts";
import { shellWord } from "../core/shell-word.ts";
import { TARGETS } from "../integrations/targets.ts";
import { wrapText } from "../reporters/style.ts";

export interface InitLook {
  readonly remove: boolean;
  readonly dryRun: boolean;
  /** Whether the user named the agents. */
  readonly named: boolean;
  /** Columns. */
  readonly width: number;
}

/** What `wavegate init` did or would do, for people. */
export function initLines(report: InitReport, look: InitLook): readonly string[] {
  const { created, updated, removed, left } = report;
  const { remove, dryRun, width } = look;
  const verb = (done: string, planned: string) => (dryRun ? `would ${planned}` : done);
  const changes = [
    ...created.map((path) => `${verb("created", "create")} ${oneLine(path, 400)}`),
    ...updated.map((path) => `${verb("updated", "update")} ${oneLine(path, 400)}`),
    ...removed.map((path) => `${verb("removed", "remove")} ${oneLine(path, 400)}`),
  ];
  const kept = left.flatMap(({ path, reason, hint }) => [
    `${verb("left", "leave")} ${oneLine(path, 400)}`,
    ...wrapText(inert(`${reason}. ${hint}`), Math.max(20, width - 2)).map((line) => `  ${line}`),
  ]);
  if (remove)
    return changes.length + kept.length > 0
      ? [...changes, ...kept]
      : ["Nothing that `wavegate init` wrote is here."];
  return [
    ...(changes.length + kept.length > 0 ? forLines(report, width) : []),
    ...changes,
    ...kept,
    ...(changes.length === 0 ? ["Everything is there already."] : []),
    ...(report.targets.length === 0 && !look.named
      ? wrapText(
          "No coding agent was found: name yours with --for, for example --for claude.",
          width,
        )
      : []),
    ...(changes.length > 0 && !dryRun
      ? [
          `Next: wavegate plan ${report.spec === undefined ? "specs/001-name/spec.md" : shellWord(report.spec)}`,
        ]
      : []),
  ];
}

function forLines({ targets }: InitReport, width: number): readonly string[] {
  if (targets.length === 0) return [];
  const names = targets.map(({ name, found }) => `${TARGETS[name].title} (${found})`);
  return wrapText(`For ${names.join(", ")}:`, width);
}
