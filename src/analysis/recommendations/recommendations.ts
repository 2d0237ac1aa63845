import { findingOf } from "../finding.ts";
import type { AnalysedPlan, AnalysisInput } from "../input.ts";
import { RANKING_WORKERS, replicationsFor } from "../measure/settings.ts";
import { luckOf } from "../measure/trials.ts";
import type { Finding, Section, Statement } from "../model.ts";
import { counted, minutesFigure, stated } from "../phrases.ts";
import { sequenceVerdicts } from "../tasks/sequence-verdicts.ts";
import { measureOpportunities, type MeasuredAll } from "./measure-opportunities.ts";
import { mergeOrders } from "./merge-order.ts";
import { groupOf, type Opportunity, type OpportunityGroup } from "./opportunity.ts";
import { effortSection, rankedSection, riskSection, savedOf } from "./opportunity-sections.ts";
import { phaseOpportunities } from "./phase-opportunities.ts";
import { risksOf, type Risk } from "./risks.ts";
import { roadmapInWords, roadmapSection } from "./roadmap-section.ts";
import { roadmapOf } from "./roadmap.ts";
import {
  fileOpportunities,
  markOpportunities,
  sequenceOpportunities,
  splitOpportunities,
} from "./task-opportunities.ts";
import { verificationOpportunities } from "./verification-opportunities.ts";

/** Changes are many: each is measured with a quarter of the replications that patterns get. */
const SHARE = 4;

/** All changes that the plan gives reason to try. */
export const opportunitiesOf = (plan: AnalysedPlan): readonly Opportunity[] => [
  ...phaseOpportunities(plan),
  ...sequenceOpportunities(sequenceVerdicts(plan)),
  ...verificationOpportunities(plan),
  ...markOpportunities(plan),
  ...splitOpportunities(plan),
  ...fileOpportunities(plan),
];

/** S4's phase 6: what to change, by what it saves; every figure is of the changed plan, run again. */
export function recommendations({ plans }: AnalysisInput): Finding {
  const nodes = plans.reduce((sum, { barriers }) => sum + barriers.nodes.length, 0);
  const replications = Math.ceil(replicationsFor(nodes) / SHARE);
  const looked = plans
    .filter(({ plan }) => plan.tasks.length > 0)
    .map((plan) => recommended(plan, replications));
  return findingOf(6, {
    summary: looked.flatMap(({ summary }) => summary),
    sections: looked.flatMap(({ sections }) => sections),
    gaps: plans
      .filter(({ plan }) => plan.tasks.length === 0)
      .map(({ file }) => `${file} has no tasks.`),
  });
}

interface Recommended {
  readonly summary: readonly Statement[];
  readonly sections: readonly Section[];
}

function recommended(plan: AnalysedPlan, replications: number): Recommended {
  const luck = luckOf(plan.barriers, replications);
  const all = measureOpportunities(plan, opportunitiesOf(plan), luck);
  const roadmap = roadmapOf(plan, all.worth, luck);
  const risks = risksOf(plan);
  const end = roadmap.steps.at(-1)?.after ?? roadmap.before;
  return {
    summary: [
      stated(
        `${plan.name}: ${roadmapInWords(roadmap)}`,
        minutesFigure(roadmap.before - end),
        plan.plan.tasks.slice(0, 1).map(({ place }) => place),
      ),
      ...first(plan, all),
      stated(
        `${plan.name}: ${risksInWords(risks)}`,
        { value: risks.length, unit: "risks" },
        risks.flatMap(({ places }) => places.slice(0, 1)),
      ),
    ],
    sections: [
      rankedSection(plan, all, replications),
      effortSection(plan, all),
      riskSection(plan, risks),
      roadmapSection(plan, roadmap, mergeOrders(plan, luck)),
    ],
  };
}

const BEST: Readonly<Record<OpportunityGroup, string>> = {
  quick: "quick win",
  architecture: "architectural change",
  unproven: "to be looked at first",
};

const risksInWords = (risks: readonly Risk[]): string => {
  const [first, ...others] = risks;
  if (!first) return "none of the risks looked for is there.";
  return `${counted(risks.length, "risk")}: ${first.risk}${others.length > 0 ? `; ${others.length} more` : ""}.`;
};

/** What saves most of each group, with the workers that are ranked by; what lies within the noise saves nothing. */
const first = ({ name }: AnalysedPlan, { worth }: MeasuredAll): readonly Statement[] =>
  (["quick", "architecture", "unproven"] as const).flatMap((group) => {
    const best = worth.find(
      (each) => groupOf(each.opportunity) === group && each.proven.has(RANKING_WORKERS),
    );
    if (!best) return [];
    const { deed, places } = best.opportunity;
    return [
      stated(
        `${name}, ${BEST[group]}: ${deed} saves ${counted(Math.round(savedOf(best)), "minute")} on average.`,
        minutesFigure(savedOf(best)),
        places.slice(0, 2),
      ),
    ];
  });
