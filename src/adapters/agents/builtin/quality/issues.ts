import { z } from "zod";
import { stemsOf } from "../../../../spec/terms.ts";
import {
  completenessAssessment,
  consistencyAssessment,
  feasibilityAssessment,
  securityAssessment,
  type Finding,
} from "../../../../stage/contracts/quality.ts";
import { parseJson, reasonOfPartial } from "../../../../stage/checks/read-analyses.ts";
import { bySeverity } from "./make-finding.ts";

/** The four reviews, by the role that gives them. */
export const REVIEWS = ["completeness", "feasibility", "security", "consistency"] as const;
export type ReviewName = (typeof REVIEWS)[number];

/** One review as it came: its findings and score, or why it is not there. */
export interface Review {
  readonly name: ReviewName;
  readonly score: number | null;
  readonly findings: readonly Finding[];
  readonly unknowns: readonly string[];
  readonly problem: string | null;
}

export const assessment = {
  completeness: completenessAssessment.transform((one) => one.completeness_assessment),
  feasibility: feasibilityAssessment.transform((one) => one.feasibility_assessment),
  security: securityAssessment.transform((one) => one.security_assessment),
  consistency: consistencyAssessment.transform((one) => one.consistency_assessment),
} as const;

/** The reviews among a role's inputs (`analyses/<role>.json`); one that is missing or broken says so. */
export const reviewsFrom = (inputs: Readonly<Record<string, string>>): readonly Review[] =>
  REVIEWS.map((name) => {
    const value = parseJson(inputs[`analyses/${name}.json`]);
    const read = assessment[name].safeParse(value);
    return read.success
      ? { name, problem: null, ...read.data }
      : { name, score: null, findings: [], unknowns: [], problem: reasonOfPartial(value) };
  });

/** A finding with everybody who made it, as the review carries it to the synthesizer and to QA. */
export const issue = z.looseObject({
  id: z.string(),
  severity: z.enum(["low", "medium", "high", "critical"]),
  certainty: z.enum(["fact", "guess"]).default("fact"),
  title: z.string(),
  place: z.string().nullable(),
  evidence: z.string(),
  impact: z.string(),
  resolution: z.string(),
  requirements: z.array(z.string()),
  reviewers: z.array(z.string()),
  /** What a person said when accepting it; then it stays listed and counts for nothing. */
  accepted: z.string().nullable().default(null),
});
export type Issue = z.infer<typeof issue>;

/** Words that two titles must share, and the share of the shorter one, to be the same finding. */
const SHARED = 3;
const SHARED_PART = 0.6;

/** Two findings of different reviewers at one place that say the same in most words are one. */
function isSame(a: Issue, b: Issue): boolean {
  if (a.place === null || a.place !== b.place) return false;
  if (b.reviewers.some((name) => a.reviewers.includes(name))) return false;
  const [one, other] = [stemsOf(a.title), stemsOf(b.title)];
  const shared = [...one].filter((stem) => other.has(stem)).length;
  return shared >= Math.max(SHARED, Math.min(one.size, other.size) * SHARED_PART);
}

/** A finding that two reviewers weigh differently; the heavier weight holds. */
export interface Disagreement {
  readonly kept: Issue;
  readonly other: Issue;
}

/** All findings once, most severe first, and where reviewers weighed the same one differently. */
export function mergeFindings(reviews: readonly Review[]): {
  readonly issues: readonly Issue[];
  readonly disagreements: readonly Disagreement[];
} {
  const all = reviews
    .flatMap(({ name, findings }) =>
      findings.map((finding) => ({
        ...finding,
        certainty: certaintyOf(finding),
        reviewers: [name as string],
        accepted: null,
      })),
    )
    .toSorted(bySeverity);
  const byPlace = new Map<string, Issue[]>();
  const issues: Issue[] = [];
  const disagreements: Disagreement[] = [];
  for (const one of all) {
    const here = byPlace.get(one.place ?? "") ?? [];
    const kept = here.slice(0, 50).find((other) => isSame(other, one));
    if (!kept) {
      issues.push(one);
      here.push(one);
      byPlace.set(one.place ?? "", here);
      continue;
    }
    if (kept.severity !== one.severity) disagreements.push({ kept, other: one });
    kept.reviewers = [...new Set([...kept.reviewers, ...one.reviewers])];
    kept.requirements = [...new Set([...kept.requirements, ...one.requirements])];
  }
  return { issues, disagreements };
}

const certaintyOf = (finding: Finding): "fact" | "guess" =>
  finding["certainty"] === "guess" ? "guess" : "fact";
