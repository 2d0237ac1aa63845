import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import { findingsOf } from "../../analysis/analyze.ts";
import type { AnalysedPlan, AnalysisInput, RelatedFile } from "../../analysis/input.ts";
import { KNOWN_FILES, knownFile } from "../../analysis/known-files.ts";
import type { Finding } from "../../analysis/model.ts";
import { markedFinding } from "../../analysis/writers/finding-mark.ts";
import { buildGraph } from "../../plan/graph/build-graph.ts";
import { usesOf, viewPlan, type OpenPlan } from "./open-plan.ts";
import { openSeveral, uniqueNames } from "./open-several.ts";
import type { AnalyzeWish } from "./plan-cases.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** An analysis with what it was made from. */
export interface Analysis {
  readonly opened: readonly OpenPlan[];
  /** Whether there are more files than are looked for. */
  readonly more: boolean;
  readonly input: AnalysisInput;
  readonly findings: readonly Finding[];
}

/** Analyse plans. Throws PLAN_NOT_FOUND where nothing named is a plan, PLAN_AMBIGUOUS, PLAN_UNREADABLE, USAGE. */
export async function analyzePlans(ports: PlanPorts, wish: AnalyzeWish): Promise<Analysis> {
  const { opened, unread, more } = await openSeveral(ports, wish.paths);
  if (opened.length === 0)
    throw new WavegateError("PLAN_NOT_FOUND", "There is no plan to analyse.", {
      hint: "Give plans, or a folder that holds some; see which are found with: wavegate plans list",
      place: { file: unread[0]?.file ?? wish.paths[0] ?? "." },
    });
  const [first, another] = opened;
  if (first && opened.every(({ plan }) => plan.tasks.length === 0))
    throw new WavegateError(
      "PLAN_NOT_FOUND",
      another
        ? `None of these ${opened.length} plans has a task.`
        : `There is no task in ${oneLine(first.head.file, 200)}.`,
      {
        hint: `See what is read of it with: wavegate plans validate ${shellWord(first.head.file)}`,
        place: { file: first.head.file },
      },
    );
  const names = uniqueNames(opened);
  const plans: AnalysedPlan[] = [];
  for (const [index, open] of opened.entries())
    plans.push(await analysed(ports, open, names[index] ?? open.head.file));
  const input = { plans, unread, files: await relatedFiles(ports, opened) };
  const findings: Finding[] = [];
  for (const finding of findingsOf(input)) {
    findings.push(finding);
    // A process that is asked to end must get to know it between two findings.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { opened, more, input, findings };
}

async function analysed(ports: PlanPorts, open: OpenPlan, name: string): Promise<AnalysedPlan> {
  const { plan, loaded, status } = open;
  const view = viewPlan(open, {});
  return {
    name,
    file: open.head.file,
    plan,
    text: loaded.file.text,
    barriers: view.graph,
    declared: buildGraph(plan, { barriers: "declared", inferred: true }),
    uses: await usesOf(ports, open),
    status,
    recorded: view.recorded,
    diagnostics: view.diagnostics,
  };
}

/** Files looked at besides plans, at most. */
const MOST_FILES = 2_000;

/**
 * What the project has that is known to have to do with plans, and the plans themselves. What an analysis wrote is left out: the next one
 * would be about the last.
 */
async function relatedFiles(
  { planFiles, projectPaths }: PlanPorts,
  opened: readonly OpenPlan[],
): Promise<readonly RelatedFile[]> {
  const named = new Set(
    opened.flatMap(({ head, loaded }) => [
      head.file,
      ...loaded.companions.map(({ path }) => path),
      ...(loaded.status?.file?.ok ? [loaded.status.path] : []),
    ]),
  );
  for (const { hidden } of KNOWN_FILES) if (hidden !== undefined) named.add(hidden);
  for (const path of await projectPaths.list()) if (knownFile(path)) named.add(path);
  const files: RelatedFile[] = [];
  for (const path of [...named].toSorted().slice(0, MOST_FILES)) {
    const read = await planFiles.read(path);
    if (!read) continue;
    if (!read.ok) files.push({ path });
    else if (!markedFinding(read.value.text)) files.push(relatedFile(path, read.value.text));
  }
  return files;
}

const encoder = new TextEncoder();

function relatedFile(path: string, text: string): RelatedFile {
  const bytes = encoder.encode(text).length;
  const known = knownFile(path);
  const told = known?.drives === true || known?.scope === "project";
  return told ? { path, bytes, text } : { path, bytes };
}
