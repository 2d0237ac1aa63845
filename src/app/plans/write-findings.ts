import { findingMark, markedFinding } from "../../analysis/writers/finding-mark.ts";
import { findingMarkdown } from "../../analysis/writers/finding-markdown.ts";
import type { WrittenFinding } from "../../analysis/answer.ts";
import { FINDINGS, type Finding } from "../../analysis/model.ts";
import { WavegateError } from "../../core/error.ts";
import { ok } from "../../core/result.ts";
import { findingsFolderOf, statusPathsOf } from "../../plan/places.ts";
import type { NewText, PlanFiles } from "../../ports/plan-files.ts";
import type { OpenPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/**
 * Write findings as files of a folder, under locks. A file that is there and is not as this wrote it is somebody's own, and stays.
 * Throws what changing plan files can: PLAN_CHANGED, PLAN_UNREADABLE, DISK_FULL, PROJECT_NOT_WRITABLE.
 */
export async function writeFindings(
  { planFiles, digestOf }: PlanPorts,
  folder: string,
  findings: readonly Finding[],
): Promise<readonly WrittenFinding[]> {
  const texts = findings.map((finding): NewText => {
    const text = findingMarkdown(finding);
    const path = inFolder(folder, finding.slug);
    return { path, text: `${text}${findingMark(digestOf(text))}` };
  });
  let written: WrittenFinding[] = [];
  const isOurs = (text: string): boolean => {
    const marked = markedFinding(text);
    return marked !== undefined && digestOf(marked.text) === marked.digest;
  };
  const changed = await planFiles.change({
    files: texts.map(({ path }) => ({ path })),
    edit(now) {
      written = texts.map(({ path, text }) => {
        const there = now.get(path)?.text;
        if (there === text) return { path, outcome: "unchanged" };
        if (there === undefined) return { path, outcome: "written" };
        return { path, outcome: isOurs(there) ? "rewritten" : "kept" };
      });
      const wanted = new Set(
        written.flatMap(({ path, outcome }) => (outcome.endsWith("written") ? [path] : [])),
      );
      return ok(texts.filter(({ path }) => wanted.has(path)));
    },
  });
  if (!changed.ok) throw changed.error;
  return written;
}

/** Where the findings of a plan are kept. Throws USAGE for a plan that has no place for them. */
export function findingsFolder({ head, loaded, plan }: OpenPlan): string {
  const path = loaded.status?.path ?? statusPathsOf(head.file)[0];
  if (plan.dialect === "plan-file" && path !== undefined) return findingsFolderOf(path);
  throw new WavegateError("USAGE", "Only plan files have a folder for findings of their own.", {
    hint: "Say where they go with: --output DIR",
    place: { file: head.file },
  });
}

/** A folder that a person named where they are. Throws USAGE for one outside the project. */
export async function folderNamed(planFiles: PlanFiles, given: string): Promise<string> {
  // Asked for as a file: of a folder, a plan in it would be meant.
  const named = await planFiles.named(`${given.replace(/\/$/, "")}/${FINDINGS[0].slug}.md`);
  if (!named.ok) throw named.error;
  return named.value.replace(/\/?[^/]+$/, "");
}

const inFolder = (folder: string, slug: string): string =>
  folder === "" ? `${slug}.md` : `${folder}/${slug}.md`;
