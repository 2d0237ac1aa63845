import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { FoundBy } from "../../plan/answers/plan-head.ts";
import { planName, plansNamed } from "../../plan/plan-name.ts";
import { findFeature, type FeatureRule } from "../../plan/spec-kit/find-feature.ts";
import { POINTER_FILES, resolveCurrentPlan } from "../../plan/status/pointers.ts";
import type { PlanPorts } from "./plan-ports.ts";

export interface FoundPlan {
  /** Relative to the project. */
  readonly file: string;
  readonly foundBy: FoundBy;
}

/** Said where there are more files than are looked for. */
const CUT_OFF = "There are more files than are looked for: a plan can always be named by its path.";

/** Most plans that a hint names. */
const MOST_NAMED = 6;

/**
 * The plan that is meant: a path, a name that one plan has, or without either the current plan: S4's pointers, Spec Kit's
 * feature, the only plan that there is. Throws PLAN_NOT_FOUND, PLAN_AMBIGUOUS, USAGE (outside the project).
 */
export async function findPlan(ports: PlanPorts, given: string | undefined): Promise<FoundPlan> {
  if (given === undefined) return findCurrentPlan(ports);
  const found = await findNamed(ports, given);
  if (found) return found;
  const { paths, more } = await ports.planFiles.find();
  const names = paths.map(planName);
  throw new WavegateError("PLAN_NOT_FOUND", `There is no plan ${oneLine(given, 200)}.`, {
    hint:
      names.length > 0
        ? `Give a path, or one of: ${listed(names)}.${more ? ` ${CUT_OFF}` : ""}`
        : "Give the path of a plan.",
    place: { file: given },
  });
}

/** A plan by its path or name; undefined where there is none. Throws PLAN_AMBIGUOUS, USAGE (outside the project). */
export async function findNamed(ports: PlanPorts, given: string): Promise<FoundPlan | undefined> {
  const looked = await lookForPlan(ports, given);
  if (looked.found) return looked.plan;
  if (looked.error) throw looked.error;
  return undefined;
}

/** What a path or name leads to; `error` says why a name that could be a plan's is not followed. */
export type LookedFor =
  | { readonly found: true; readonly plan: FoundPlan }
  | { readonly found: false; readonly error?: WavegateError };

/** Look for a plan by its path or name. */
export async function lookForPlan({ planFiles }: PlanPorts, given: string): Promise<LookedFor> {
  const named = await planFiles.named(given);
  if (!named.ok) return { found: false, error: named.error };
  // What is there and can't be read, is meant: loading it says what is wrong.
  if (await planFiles.read(named.value))
    return { found: true, plan: { file: named.value, foundBy: { rule: "path", source: null } } };
  const { paths } = await planFiles.find();
  const [file, ...others] = plansNamed(given, paths);
  if (file === undefined) return { found: false };
  if (others.length > 0 && new Set([file, ...others].map(folderOf)).size > 1)
    return { found: false, error: ambiguous(given, [file, ...others]) };
  return { found: true, plan: { file, foundBy: { rule: "name", source: null } } };
}

const ambiguous = (given: string, files: readonly string[]): WavegateError =>
  new WavegateError("PLAN_AMBIGUOUS", `Several plans can be called ${oneLine(given, 100)}.`, {
    hint: `Give a path: ${listed(files)}.`,
  });

const folderOf = (path: string): string =>
  /(?:^|\/)docs\/plans\/|(?:^|\/)prds?\//.test(path) ? path : path.replace(/[^/]+$/, "");

/** The plan that commands mean when none is named. Throws PLAN_NOT_FOUND where nothing says. */
export async function findCurrentPlan(ports: PlanPorts): Promise<FoundPlan> {
  const current = (await byPointer(ports)) ?? (await byFeature(ports)) ?? (await theOnly(ports));
  if (current) return current;
  const names = (await planPaths(ports)).map(planName);
  throw new WavegateError(
    "PLAN_NOT_FOUND",
    "No plan was named, and nothing says which is current.",
    {
      hint:
        names.length > 0
          ? `Name one of: ${listed(names)}.`
          : "Give the path of a plan: a tasks.md, a markdown plan with check boxes, a PRD, a dependency JSON.",
    },
  );
}

async function byPointer({ planFiles, planContext }: PlanPorts): Promise<FoundPlan | undefined> {
  const worktree = planContext.variables.CLAUDE_WORKTREE;
  const inside = worktree ? planContext.inProject(worktree) : undefined;
  const pointers = [];
  const there = new Set<string>();
  for (const { base, file } of POINTER_FILES) {
    if (base === "worktree" && inside === undefined) continue;
    const path = base === "worktree" && inside ? `${inside}/${file}` : file;
    const read = await planFiles.read(path);
    const text = read?.ok ? read.value.text : undefined;
    pointers.push({ file: path, text });
    for (const line of (text ?? "").split(/\r\n|\n|\r/).slice(0, 20)) {
      const target = line.replace(/^\uFEFF/, "").trim();
      if (target !== "" && (await planFiles.read(target))) there.add(target);
    }
  }
  if (pointers.every(({ text }) => (text ?? "").trim() === "")) return undefined;
  const current = resolveCurrentPlan(undefined, pointers, (path) => there.has(path));
  if (!current.ok) throw current.error;
  const { path, from } = current.value;
  return { file: path, foundBy: { rule: "current-plan", source: from } };
}

async function byFeature({ planFiles, planContext }: PlanPorts): Promise<FoundPlan | undefined> {
  const { SPECIFY_FEATURE_DIRECTORY: given, SPECIFY_FEATURE: feature } = planContext.variables;
  const featureFile = await planFiles.read(FEATURE_FILE);
  const { paths } = await planFiles.find();
  const plans = paths.filter((path) => path.endsWith(TASKS));
  const found = findFeature({
    directory: given ? (planContext.inProject(given) ?? given) : undefined,
    feature,
    featureJson: featureFile?.ok ? featureFile.value.text : undefined,
    branch: await planContext.branch(),
    folders: plans.map((path) => path.slice(0, -TASKS.length)),
  });
  if (!found.found) {
    if (found.wrong) throw nowhere(found.wrong.rule, found.wrong.reason);
    return undefined;
  }
  // Without git, old versions took the newest feature: too little to go by where there are plans of other kinds, too.
  if (found.rule === "highest number") return undefined;
  const file = `${found.folder}${TASKS}`;
  if (!plans.includes(file))
    throw nowhere(found.rule, `it names ${found.folder}, without tasks.md`);
  return { file, foundBy: { rule: "feature", source: SOURCES[found.rule] } };
}

const TASKS = "/tasks.md";
const FEATURE_FILE = ".specify/feature.json";

const SOURCES: Readonly<Record<FeatureRule, string>> = {
  SPECIFY_FEATURE_DIRECTORY: "SPECIFY_FEATURE_DIRECTORY",
  "feature.json": FEATURE_FILE,
  SPECIFY_FEATURE: "SPECIFY_FEATURE",
  branch: "the branch",
  "highest number": "the highest number",
};

const nowhere = (rule: FeatureRule, reason: string): WavegateError =>
  new WavegateError(
    "PLAN_NOT_FOUND",
    `${SOURCES[rule]} leads to no tasks: ${oneLine(reason, 200)}.`,
    { hint: `Give the path of a plan, or set ${SOURCES[rule]} anew.` },
  );

async function theOnly(ports: PlanPorts): Promise<FoundPlan | undefined> {
  const [file, another] = await planPaths(ports);
  if (file === undefined || another !== undefined) return undefined;
  return { file, foundBy: { rule: "only", source: null } };
}

/** Paths of the repository's plans, one for each. */
async function planPaths({ planFiles }: PlanPorts): Promise<readonly string[]> {
  return (await planFiles.find()).paths;
}

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMED).map((name) => oneLine(name, 120));
  return shown.join(", ") + (names.length > MOST_NAMED ? `, … (${names.length} in all)` : "");
};
