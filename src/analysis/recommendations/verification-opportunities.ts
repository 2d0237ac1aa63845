import type { Verification } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { phaseViews, type PhaseView } from "../phases/phase-holds.ts";
import { counted, named } from "../phrases.ts";
import type { Opportunity } from "./opportunity.ts";

/**
 * Verifications that hold back a phase behind, which is not known to need what they verify: no words and no file lead there. Tasks on
 * both sides that say too little to tell have to be looked at first.
 */
export function verificationOpportunities(analysed: AnalysedPlan): readonly Opportunity[] {
  const views = phaseViews(analysed);
  const byKey = new Map(views.map((view) => [view.phase.key, view]));
  const needed = new Set(views.flatMap(({ holds }) => holds.map((hold) => hold.phase)));
  const behindOf = new Map<string, PhaseView[]>();
  for (const view of views)
    for (const { phase } of view.phase.after) {
      const known = behindOf.get(phase);
      if (known) known.push(view);
      else behindOf.set(phase, [view]);
    }
  return analysed.plan.verifications.flatMap((each): readonly Opportunity[] => {
    const { phase, tasks, blocking } = each;
    if (!blocking || phase === undefined || tasks?.length) return [];
    const [own, behind] = [byKey.get(phase), behindOf.get(phase) ?? []];
    return !own || behind.length === 0 || needed.has(phase)
      ? []
      : [besideNext(analysed, each, [own, ...behind])];
  });
}

function besideNext(
  { plan }: AnalysedPlan,
  { key, phase = "", criteria, place }: Verification,
  sides: readonly PhaseView[],
): Opportunity {
  const behind = sides.slice(1).map((view) => view.phase.key);
  const all = sides.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const silent = all - sides.reduce((sum, { known }) => sum + known, 0);
  const which = `${behind.length === 1 ? "phase" : "phases"} ${named(behind)}`;
  const unknown = `${silent} of ${all} tasks of these phases don't say what they touch or wait for; `;
  return {
    kind: "non-blocking-verification",
    // only the tool of plan files knows the word
    deed:
      plan.dialect === "plan-file"
        ? `Mark ${key} as (non-blocking)`
        : `Run ${key} beside ${which}, not before`,
    because: `${which} ${behind.length === 1 ? "waits" : "wait"} for its ${counted(criteria.length, "criterion", "criteria")}, and nothing is known that ${behind.length === 1 ? "it needs" : "they need"} of phase ${phase}`,
    caution: `${silent > 0 ? unknown : ""}work behind it is built on what is not verified yet`,
    places: [place],
    unproven: silent,
    lines: 1 + silent,
    effort: "plan",
    change: (state) => ({
      ...state,
      plan: {
        ...state.plan,
        verifications: state.plan.verifications.map((each) =>
          each.key === key ? { ...each, blocking: false } : each,
        ),
      },
    }),
  };
}
