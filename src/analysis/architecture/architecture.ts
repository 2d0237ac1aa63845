import { findingOf } from "../finding.ts";
import type { AnalysisInput } from "../input.ts";
import type { Finding } from "../model.ts";
import { counted, named, stated } from "../phrases.ts";
import { dependencySections } from "./dependencies.ts";
import { drawing } from "./drawing.ts";
import { fileSections } from "./files.ts";
import { flowSections } from "./flow.ts";
import { mechanismSections, missingDrivers } from "./mechanisms.ts";

/** Finding 1: which files there are, what runs tasks and how, and what is done with dependencies. */
export function architecture(input: AnalysisInput): Finding {
  const { plans, unread } = input;
  const tasks = plans.reduce((sum, { plan }) => sum + plan.tasks.length, 0);
  const checking = plans.flatMap(({ plan }) =>
    plan.tasks.filter(({ verifies }) => verifies),
  ).length;
  const dialects = [...new Set(plans.map(({ plan }) => plan.dialect))];
  const flow = flowSections(input);
  const dependencies = dependencySections(input);
  return findingOf(1, {
    summary: [
      stated(
        `${counted(plans.length, "plan")} with ${counted(tasks, "task")}${checking > 0 ? `, ${checking} of which only check,` : ""} (${named(dialects)}).`,
        { value: plans.length, unit: "plans" },
        plans.map(({ plan, file }) => plan.phases[0]?.place ?? { file }),
      ),
      flow.headline,
      ...dependencies.headlines,
      ...unread.map(({ file, reason }) => ({
        text: `Not read: ${reason}`,
        places: [{ file }] as const,
      })),
    ],
    sections: [
      ...fileSections(input),
      drawing(input),
      ...flow.sections,
      ...mechanismSections(input),
      ...dependencies.sections,
    ],
    gaps: missingDrivers(input),
  });
}
