import type { WavegateError } from "../../core/error.ts";
import { ok, type Result } from "../../core/result.ts";
import { isAsWritten, withMark } from "../../execution/findings/findings-mark.ts";
import { findingsFolderOf, statusPathsOf } from "../../plan/places.ts";
import { findingsName } from "../../plan/status/findings.ts";
import type { NewText, PlanFiles } from "../../ports/plan-files.ts";
import type { WriteFindings } from "../../workflows/plan-run/taken-plans.ts";

export interface TaskFindingsFile {
  /** As the plan writes it. */
  readonly id: string;
  readonly text: string;
}

export interface WrittenFindings {
  /** Paths that hold what the run found, and those that somebody changed or wrote, and that stay as they are. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Write what became of tasks into the folder of findings of their plan, where S4's tool looks for it. What somebody else wrote there, or
 * changed, stays. A plan that has no such folder gets none.
 */
export async function writeTaskFindings(
  {
    planFiles,
    digestOf,
  }: {
    readonly planFiles: Pick<PlanFiles, "change">;
    readonly digestOf: (text: string) => string;
  },
  plan: string,
  findings: readonly TaskFindingsFile[],
): Promise<Result<WrittenFindings, WavegateError>> {
  const [status] = statusPathsOf(plan);
  if (status === undefined || findings.length === 0) return ok({ written: [], kept: [] });
  const folder = findingsFolderOf(status);
  const texts = findings.map(({ id, text }): NewText => ({
    path: `${folder}/${findingsName(id)}`,
    text: withMark(text, digestOf),
  }));
  let kept: readonly string[] = [];
  const changed = await planFiles.change({
    files: texts.map(({ path }) => ({ path })),
    edit(now) {
      const others = texts.filter(({ path, text }) => {
        const there = now.get(path)?.text;
        return there !== undefined && there !== text && !isAsWritten(there, digestOf);
      });
      kept = others.map(({ path }) => path);
      return ok(texts.filter((each) => !others.includes(each)));
    },
  });
  if (!changed.ok) return changed;
  return ok({ written: texts.flatMap(({ path }) => (kept.includes(path) ? [] : [path])), kept });
}

/** The same as a port: what a person can mend is told, and stops no run. */
export const createWriteFindings =
  (ports: Parameters<typeof writeTaskFindings>[0]): WriteFindings =>
  async ({ plan, findings }) => {
    const made = await writeTaskFindings(ports, plan, findings);
    if (!made.ok)
      return { written: [], kept: [], problem: `${made.error.code}: ${made.error.message}` };
    return { ...made.value, problem: null };
  };
