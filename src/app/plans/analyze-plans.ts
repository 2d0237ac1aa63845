import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import { findingsOf } from "../../analysis/analyze.ts";
import type { AnalysedPlan, AnalysisInput, RelatedFile } from "../../analysis/input.ts";
import { KNOWN_FILES, knownFile } from "../../analysis/known-files.ts";
import type { Finding } from "../../analysis/model.ts";
import { markedFinding } from "../../analysis/writers/finding-mark.ts";
import { buildGraph } from "../../plan/graph/build-graph.ts";
import { findNamed } from "./find-plan.ts";
import { openFound } from "./open-found.ts";
import { openPlan, usesOf, viewPlan, type OpenPlan } from "./open-plan.ts";
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
  const { opened, unread, more } = await openAll(ports, wish.paths);
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

interface AllOpened {
  readonly opened: readonly OpenPlan[];
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
  readonly more: boolean;
}

/** What is named must be there; what a folder holds is taken as far as it is plans. */
async function openAll(ports: PlanPorts, paths: readonly string[]): Promise<AllOpened> {
  const opened = new Map<string, OpenPlan>();
  const unread = new Map<string, string>();
  const taken = new Set<string>();
  let more = false;
  for (const given of paths.length === 0 ? ["."] : paths) {
    const inside = await plansIn(ports, given);
    if (inside) {
      more ||= inside.more;
      for await (const found of openFound(ports, inside.plans, taken))
        if (found.kind === "plan") opened.set(found.file, found.open);
        else if (found.kind === "unread") unread.set(found.file, found.reason);
      continue;
    }
    const file = await oneNamed(ports, given);
    const open = await openPlan(ports, { file, foundBy: { rule: "path", source: null } });
    for (const { path } of [open.loaded.file, ...open.loaded.companions]) taken.add(path);
    opened.set(file, open);
  }
  return {
    opened: [...opened.values()].toSorted((a, b) => (a.head.file < b.head.file ? -1 : 1)),
    unread: [...unread].map(([file, reason]) => ({ file, reason })),
    more,
  };
}

async function oneNamed(ports: PlanPorts, given: string): Promise<string> {
  const found = await findNamed(ports, given);
  if (found) return found.file;
  throw new WavegateError("PLAN_NOT_FOUND", `There is no plan ${oneLine(given, 200)}.`, {
    hint: "Give a plan by its path or name, or a folder that holds plans; see: wavegate plans list",
    place: { file: given },
  });
}

interface Inside {
  readonly plans: readonly string[];
  /** Whether some may be missing. */
  readonly more: boolean;
}

/** The plans in a folder, or undefined where the name is no folder that holds files. */
async function plansIn(ports: PlanPorts, given: string): Promise<Inside | undefined> {
  const named = await ports.planFiles.named(given);
  if (!named.ok) throw named.error;
  const { paths: found, more } = await ports.planFiles.find();
  const all = named.value === "." || named.value === "";
  const folder = all ? "" : `${named.value.replace(/\/$/, "")}/`;
  const inside = found.filter((path) => path.startsWith(folder));
  if (inside.length > 0) return { plans: inside, more };
  const others = (await ports.projectPaths.list()).filter((path) => path.startsWith(folder));
  const plans = others.filter((path) => /\.(?:md|markdown)$/i.test(path));
  return others.length === 0 && !all ? undefined : { plans, more: false };
}

/** Names that tell the plans apart: paths where several are called alike. */
function uniqueNames(opened: readonly OpenPlan[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { head } of opened) times.set(head.name, (times.get(head.name) ?? 0) + 1);
  return opened.map(({ head }) => ((times.get(head.name) ?? 0) > 1 ? head.file : head.name));
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
