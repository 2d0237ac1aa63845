import { formatPlace } from "../../../core/place.ts";
import { readWorkSpan } from "../../../core/work-span.ts";
import type { GivenRisk } from "../../project/given.ts";
import { quoted } from "../../project/report.ts";
import type { Basis } from "../basis.ts";
import type { Session } from "../coordination/coordination.ts";
import { IMPACT_LEVELS, levelOf, PROBABILITY_LEVELS, RISK_MATRIX } from "./levels.ts";
import type { Evidence, Impact, Likelihood, Risk, RiskLevel, RiskTrigger } from "./risk.ts";

/** Words for a probability or an impact, by level; those of risk matrices in use besides S3's three. */
const WORDS: ReadonlyMap<string, RiskLevel> = new Map(
  (
    [
      ["low", ["low", "very low", "minor", "negligible", "insignificant", "rare", "unlikely"]],
      ["medium", ["medium", "moderate", "med", "possible", "average"]],
      [
        "high",
        ["high", "very high", "critical", "severe", "major", "catastrophic", "likely", "certain"],
      ],
    ] as const
  ).flatMap(([level, words]) => words.map((word) => [word, level] as const)),
);

const levelIn = (text: string): RiskLevel | undefined =>
  WORDS.get(
    text
      .toLowerCase()
      .replace(/[_-]/g, " ")
      .replace(/^almost /, "")
      .trim(),
  );

/**
 * A risk that the plan itself names, in its words. Only what it has a figure for has one; what it says nothing of is taken as medium, and said
 * so. Forecasts know nothing of it.
 */
export function givenRisk(
  given: GivenRisk,
  { schedule, timeline }: Basis,
  sessions: readonly Session[],
): Risk {
  const probability = likelihoodOf(given.probability);
  const impact = impactOf(given.impact, schedule.makespan, timeline.dayMinutes);
  const ids = new Set(given.activities);
  const known = new Set(schedule.bookings.map(({ activity }) => activity));
  const activities = given.activities.filter((id) => known.has(id));
  return {
    id: given.id,
    source: { kind: "given", place: given.place },
    name: given.name,
    category: given.category,
    probability,
    impact,
    level: RISK_MATRIX[probability.level][impact.level],
    affected: {
      activities,
      sessions: sessions
        .filter((session) => session.activities.some((id) => ids.has(id)))
        .map(({ id }) => id),
      teams: given.teams,
      people: [],
      resources: [],
    },
    evidence: evidenceOf(given),
    detectionMethod: given.detection ?? "",
    trigger: triggerOf(given),
    earlyWarningSigns: given.signs,
    preventionMeasures: given.prevention,
    responseProcedures: given.response,
    contingencyPlan: given.contingency ?? "",
    owner: given.owner?.name ?? "",
  };
}

/** How bad it is, by the words of the plan. Minutes of the whole, and of a day. */
export const givenLevel = (
  { probability, impact }: Pick<GivenRisk, "probability" | "impact">,
  makespan: number,
  day: number,
): RiskLevel => RISK_MATRIX[likelihoodOf(probability).level][impactOf(impact, makespan, day).level];

const SHARE = /^[<>≤≥=~\s]{0,4}(\d{1,3}(?:\.\d{1,6})?)\s?(%|percent)?$/;

/** `medium`, `30%`, `0.3`. */
function likelihoodOf(text: string | undefined): Likelihood {
  const level = text === undefined ? undefined : levelIn(text);
  if (level !== undefined) return { level, source: "given" };
  const [, figure, percent] = SHARE.exec(text ?? "") ?? [];
  const value = Number(figure) / (percent === undefined ? 1 : 100);
  return value >= 0 && value <= 1
    ? { value, level: levelOf(value, PROBABILITY_LEVELS), source: "given" }
    : { level: "medium", source: "assumed" };
}

/** `high`, `2 weeks`. */
function impactOf(text: string | undefined, makespan: number, day: number): Impact {
  const minutes = readWorkSpan(text ?? "")?.minutes;
  if (minutes === undefined) return { level: levelIn(text ?? "") ?? "medium" };
  const level = levelOf(makespan > 0 ? minutes / makespan : 0, IMPACT_LEVELS);
  return { minutes, days: minutes / day, level };
}

function evidenceOf({ place, owner, probability, impact }: GivenRisk): readonly Evidence[] {
  const likely = likelihoodOf(probability).source === "given";
  const costs = impact !== undefined && (levelIn(impact) ?? readWorkSpan(impact)) !== undefined;
  return [
    { text: `The plan names it (${formatPlace(place)})` },
    ...(likely ? [] : [{ text: unsaid("how likely it is", probability) }]),
    ...(costs ? [] : [{ text: unsaid("what it costs", impact) }]),
    ...(owner?.why === undefined ? [] : [{ text: owner.why }]),
  ];
}

const unsaid = (what: string, words: string | undefined): string =>
  words === undefined
    ? `It does not say ${what}: medium is taken`
    : `It says ${what} in words that are not known here (${quoted(words)}): medium is taken`;

/** What the plan says shows it; its early signs where it says no more. */
function triggerOf({ trigger, signs, detection }: GivenRisk): RiskTrigger {
  const text = trigger ?? (signs.length > 0 ? signs.join(", ") : (detection ?? ""));
  return { kind: "sign", text };
}
