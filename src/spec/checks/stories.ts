import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import type { AcceptanceScenario, Story } from "../model.ts";
import { finding, type Check, type CheckInput } from "./passage.ts";

function withoutScenario({ spec }: CheckInput, story: Story): readonly Diagnostic[] {
  if (story.scenarios.length > 0) return [];
  return [
    finding(spec, ["SPEC_STORY_WITHOUT_SCENARIO", "warning"], story, [
      `${story.id} "${oneLine(story.title, 60)}" has no acceptance scenario.`,
      "Add at least one: **Given** a state, **When** an action, **Then** an outcome that can be observed.",
    ]),
  ];
}

function incomplete(
  { spec }: CheckInput,
  story: Story,
  scenario: AcceptanceScenario,
): readonly Diagnostic[] {
  const { given, when } = scenario;
  const missing = [
    given === undefined ? "Given" : "",
    when === undefined ? "When" : "",
    scenario.then === undefined ? "Then" : "",
  ].filter((part) => part !== "");
  if (missing.length === 0 || missing.length === 3) return [];
  const severity = missing.includes("Then") ? "warning" : "info";
  return [
    finding(spec, ["SPEC_SCENARIO_INCOMPLETE", severity], scenario, [
      `Scenario ${scenario.number} of ${story.id} has no ${missing.join(" and no ")}.`,
      scenario.then === undefined
        ? "Say what must be observed at the end: without a Then there is nothing to test."
        : "Say what holds before and what happens, so that two people would test the same thing.",
    ]),
  ];
}

function priorities({ spec }: CheckInput): readonly Diagnostic[] {
  const without = spec.stories.filter((story) => story.priority === undefined);
  const first = without[0];
  if (!first || spec.requirements.some(({ priority }) => priority !== undefined)) return [];
  const all = without.length === spec.stories.length;
  const named = without
    .slice(0, 8)
    .map(({ id }) => id)
    .join(", ");
  return [
    finding(spec, ["SPEC_PRIORITY_MISSING", all ? "info" : "warning"], first, [
      all
        ? "No user story has a priority."
        : `${named}${without.length > 8 ? ", …" : ""} ${without.length === 1 ? "has" : "have"} no priority although others do.`,
      "Write it in the heading, as in (Priority: P1), so that the plan can put the most important first.",
    ]),
  ];
}

/** Stories: each has a priority and a scenario, each scenario its Given, When and Then. */
export const checkStories: Check = (input) => [
  ...input.spec.stories.flatMap((story) => [
    ...withoutScenario(input, story),
    ...story.scenarios.flatMap((scenario) => incomplete(input, story, scenario)),
  ]),
  ...priorities(input),
];
