import type { Verification } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Section, Statement } from "../model.ts";
import { counted, rowOf, stated, tableOf } from "../phrases.ts";

const ROWS = 200;

interface Checked {
  readonly plan: string;
  readonly verification: Verification;
}

/** What verifications mean for phases that run at once. */
export function verifySection(plans: readonly AnalysedPlan[]): Section {
  const all = plans.flatMap(({ name, plan }) =>
    plan.verifications.map((verification): Checked => ({ plan: name, verification })),
  );
  return {
    id: "verify-implications",
    heading: "What VERIFY means for parallel phases",
    blocks: [
      { kind: "list", items: statementsOf(plans, all) },
      tableOf(
        "Each verification",
        ["Plan", "Verification", "#Criteria", "#With a box", "#Commands", "Blocking"],
        all.map(({ plan, verification }) => {
          const { key, criteria, commands, blocking, place } = verification;
          const boxes = criteria.filter(({ box }) => box !== undefined).length;
          const cells = [plan, key, criteria.length, boxes, commands.length];
          return rowOf([...cells, blocking ? "yes" : "no"], [place]);
        }),
        ROWS,
      ),
    ],
  };
}

function statementsOf(
  plans: readonly AnalysedPlan[],
  all: readonly Checked[],
): readonly Statement[] {
  const places = (some: readonly Checked[]) => some.map(({ verification }) => verification.place);
  const ofPhases = all.filter(({ verification }) => verification.phase !== undefined);
  const blocking = ofPhases.filter(({ verification }) => verification.blocking);
  const prose = all.filter(({ verification }) => verification.commands.length === 0);
  const criteria = all.flatMap(({ verification }) => verification.criteria);
  const phases = plans.flatMap(({ plan }) => plan.phases).length;
  const checked = new Set(
    ofPhases.map(({ plan, verification }) => `${plan}\n${verification.phase}`),
  );
  return [
    stated(
      `${blocking.length} of ${counted(ofPhases.length, "verification")} of phases hold back what comes behind the phase.`,
      { value: blocking.length, unit: "verifications", of: ofPhases.length },
      places(blocking),
    ),
    stated(`${checked.size} of ${counted(phases, "phase")} are verified at all.`, {
      value: checked.size,
      unit: "phases",
      of: phases,
    }),
    stated(
      `${counted(criteria.length, "criterion", "criteria")} have no id of their own: the tool that plan files were made for keeps no state of them.`,
      { value: criteria.length, unit: "criteria" },
      criteria.map(({ place }) => place),
    ),
    stated(
      `${prose.length} of ${counted(all.length, "verification")} are prose that somebody has to judge; the others name a command.`,
      { value: prose.length, unit: "verifications", of: all.length },
      places(prose),
    ),
  ];
}

/** Ends of phases: how much comes together there, and how much waits. */
export function synchronisationSection(plans: readonly AnalysedPlan[]): Section {
  const rows = plans.flatMap(({ name, plan }) => {
    const tasks = new Map<string, number>();
    for (const { phase } of plan.tasks)
      if (phase !== undefined) tasks.set(phase, (tasks.get(phase) ?? 0) + 1);
    return plan.phases
      .filter(({ startsWhen }) => startsWhen.length === 0)
      .flatMap(({ key, after, place }) =>
        after.map(({ phase, origin }) => {
          const counts = [tasks.get(phase) ?? 0, tasks.get(key) ?? 0];
          return rowOf([name, `${phase} → ${key}`, origin, ...counts], [place]);
        }),
      );
  });
  return {
    id: "synchronisation",
    heading: "Where phases are synchronised",
    blocks: [
      tableOf(
        "Points at which all of one phase is waited for",
        ["Plan", "Between phases", "Why", "#Tasks that must end", "#Tasks that wait"],
        rows,
        ROWS,
      ),
    ],
  };
}
