/** A folder in which plans are looked for. */
export interface PlanPlace {
  /** Relative to the project. */
  readonly folder: string;
  /** How many levels down; 1 is the folder itself. */
  readonly depth: number;
  readonly name: RegExp;
}

const MARKDOWN = /\.md$/i;
const SPEC_KIT = /^tasks(?:\.md|\.execution\.ya?ml)$/i;

/** Where the source systems keep their plans: S4, Spec Kit, PRDs with their work spaces, S3's analyses. */
export const PLAN_PLACES: readonly PlanPlace[] = [
  { folder: "docs/plans", depth: 8, name: MARKDOWN },
  { folder: "specs", depth: 2, name: SPEC_KIT },
  { folder: ".specify/specs", depth: 2, name: SPEC_KIT },
  { folder: "prd", depth: 8, name: MARKDOWN },
  { folder: "prds", depth: 8, name: MARKDOWN },
  { folder: "prd-workspace", depth: 3, name: MARKDOWN },
  { folder: ".claude/state", depth: 8, name: /\.json$/i },
];

interface Kin {
  readonly of: RegExp;
  readonly are: RegExp;
}

const PRD_PARTS = /(?:^|\/)(?:phase-\d+[^/]*|prd-tracker|prd-original)\.md$/i;
const ANALYSES = /(?:^|\/)\.claude\/state\/(?:[^/]+\/)*[^/]+\.json$/i;

/** Files of one folder that make one plan. */
const KIN: readonly Kin[] = [
  { of: /(?:^|\/)tasks\.md$/i, are: /(?:^|\/)tasks\.execution\.ya?ml$/i },
  { of: /(?:^|\/)tasks\.execution\.ya?ml$/i, are: /(?:^|\/)tasks\.md$/i },
  { of: PRD_PARTS, are: PRD_PARTS },
  { of: ANALYSES, are: ANALYSES },
];

/** Which of the files beside a plan belong to it. Paths with `/`. */
export function companionsOf(plan: string, beside: readonly string[]): readonly string[] {
  const kin = KIN.filter(({ of }) => of.test(plan));
  return beside.filter((other) => other !== plan && kin.some(({ are }) => are.test(other)));
}

const OUTPUTS = "docs/plan-outputs";
const ARCHIVE = /(?:^|\/)docs\/plans\/archive\//;
const S4_PLAN = /(?:^|\/)docs\/plans\//;

/**
 * Where the status file of a plan of S4 may be, the likeliest first; that is where one would be made. None for files that can't
 * be such plans. As in S4, the plan's folder counts for nothing, so two plans of one name share a status file.
 */
export function statusPathsOf(plan: string): readonly string[] {
  const name = plan.split("/").at(-1) ?? "";
  if (!name.endsWith(".md") || name === ".md") return [];
  if (name === "tasks.md" && !S4_PLAN.test(plan)) return [];
  const folder = name.slice(0, -".md".length);
  const paths = [`${OUTPUTS}/${folder}/status.json`, `${OUTPUTS}/archive/${folder}/status.json`];
  return ARCHIVE.test(plan) ? paths.toReversed() : paths;
}

/** The folder of findings beside a status file. */
export const findingsFolderOf = (status: string): string => status.replace(/[^/]+$/, "findings");
