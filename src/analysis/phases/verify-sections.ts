import { checksOf, type Check } from "../checks.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Section, Statement } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";

const ROWS = 200;

interface Checked {
  readonly analysed: AnalysedPlan;
  readonly check: Check;
}

/** What verifications mean for phases that run at once. */
export function verifySection(plans: readonly AnalysedPlan[]): Section {
  const all = plans.flatMap((analysed) =>
    checksOf(analysed.plan).map((check): Checked => ({ analysed, check })),
  );
  return {
    id: "verify-implications",
    heading: "What VERIFY means for parallel phases",
    blocks: [
      { kind: "list", items: statementsOf(plans, all) },
      tableOf(
        "Each verification",
        ["Plan", "Verification", "Of", "#Criteria", "#With a box", "#Commands", "Holds back"],
        all.map(({ analysed, check }) => {
          const { key, of, phase, criteria, boxes, commands, place } = check;
          const about = of === "phase" ? `phase ${phase ?? ""}` : of === "plan" ? "the plan" : of;
          const cells = [analysed.name, key, about, criteria.length, boxes, commands];
          return rowOf([...cells, check.holdsBack ? "yes" : "no"], [place]);
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
  const places = (some: readonly Checked[]) => some.map(({ check }) => check.place);
  const ofPhases = all.filter(({ check }) => check.of === "phase");
  const holding = ofPhases.filter(({ check }) => check.holdsBack);
  const prose = all.filter(({ check }) => check.commands === 0);
  const phases = plans.flatMap(({ plan }) => plan.phases).length;
  const checked = new Set(
    ofPhases.map(({ analysed, check }) => `${analysed.name}\n${check.phase}`),
  );
  return [
    stated(
      `${holding.length} of ${counted(ofPhases.length, "verification")} of phases ${holding.length === 1 ? "holds" : "hold"} back a phase behind${holding.length < ofPhases.length ? "; the others don't block, or no phase comes behind" : ""}.`,
      { value: holding.length, unit: "verifications", of: ofPhases.length },
      places(holding),
    ),
    stated(
      `${checked.size} of ${counted(phases, "phase")} ${checked.size === 1 ? "is" : "are"} verified at all.`,
      {
        value: checked.size,
        unit: "phases",
        of: phases,
      },
    ),
    ...withoutState(all),
    ...hiddenChecks(plans),
    stated(
      `${prose.length} of ${counted(all.length, "verification")} ${prose.length === 1 ? "is" : "are"} prose that somebody has to judge${prose.length < all.length ? "; the others name a command" : ": none names a command"}.`,
      { value: prose.length, unit: "verifications", of: all.length },
      places(prose),
    ),
  ];
}

/** Words that a task begins with which only looks at what others made. */
const LOOKS =
  /^(?:verify|validate|confirm|check|double-check|test|run\b[^;—]{0,60}\b(?:tests?|validation|checks?|suite)\b)/i;

/** Tasks that verify by what they say, without the form of a verification: what stands behind them waits for none of them as such. */
function hiddenChecks(plans: readonly AnalysedPlan[]): readonly Statement[] {
  const hidden = plans.flatMap(({ plan, name }) =>
    plan.tasks
      .filter(({ verifies, text }) => !verifies && LOOKS.test(text))
      .map(({ key, place }) => ({ key: plans.length > 1 ? `${name} ${key}` : key, place })),
  );
  if (hidden.length === 0) return [];
  const [are, they] = hidden.length === 1 ? ["verifies", "it is"] : ["verify", "they are"];
  return [
    stated(
      `${counted(hidden.length, "task")} ${are} by ${hidden.length === 1 ? "its" : "their"} first words, though ${they} written as work: ${named(hidden.map(({ key }) => key))}. What comes behind waits for ${hidden.length === 1 ? "it as for any task" : "them as for any tasks"}.`,
      { value: hidden.length, unit: "tasks that verify" },
      hidden.map(({ place }) => place),
    ),
  ];
}

/** Criteria of plan files, of whose state only the text itself knows. */
function withoutState(all: readonly Checked[]): readonly Statement[] {
  const criteria = all.flatMap(({ analysed, check }) =>
    analysed.plan.dialect === "plan-file" ? check.criteria : [],
  );
  if (criteria.length === 0) return [];
  return [
    stated(
      `${counted(criteria.length, "criterion has", "criteria have")} no id of ${criteria.length === 1 ? "its" : "their"} own: the tool that plan files were made for keeps no state of them.`,
      { value: criteria.length, unit: "criteria" },
      criteria,
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
