import { checkSpec } from "../../../../spec/check-spec.ts";
import type { Spec } from "../../../../spec/model.ts";
import type { PlanningAssumptions } from "../../../../stage/contracts/discovery.ts";
import { surroundingsOf, type Surroundings } from "../analysis/surroundings.ts";
import { scenariosFor } from "../requirements/acceptance.ts";
import { quoteOf } from "../analysis/evidence.ts";
import { plain } from "../text/terms.ts";
import { optionsIn } from "./options-in.ts";

/** Assumption Analyst: what planning now would take for granted, and a concrete case for what can be read two ways. */
export function listAssumptions(
  spec: Spec,
  text: string,
): { planning_assumptions: PlanningAssumptions } {
  const around = surroundingsOf(spec);
  const bare = around.demands.filter((demand) => scenariosFor(demand, around).length === 0);
  return {
    planning_assumptions: {
      assumptions: [
        ...spec.assumptions.map(({ text: stated, line }) => ({
          assumption: plain(stated),
          if_wrong: "what was planned on it has to be looked at again",
          source: `line ${line}`,
        })),
        ...spec.clarifications.flatMap(({ question, within, line }) => {
          const { recommended } = optionsIn(question);
          return recommended === null
            ? []
            : [
                {
                  assumption: `“${quoteOf(plain(question), 90)}” is answered with: ${recommended}`,
                  if_wrong: `${within ?? "the part concerned"} is built for the wrong answer`,
                  source: `line ${line}`,
                },
              ];
        }),
        ...(spec.outOfScope.length === 0
          ? [
              {
                assumption: "Whatever is not named is not part of the feature",
                if_wrong: "the plan is too small",
                source: "no section says what is out of scope",
              },
            ]
          : []),
      ],
      examples: examplesFor(spec, text, around),
      unknowns:
        bare.length === 0 ? [] : [`No case in the text: ${bare.map(({ id }) => id).join(", ")}.`],
    },
  };
}

/** Statements that a finding calls unclear, each with the scenario that comes closest. */
function examplesFor(
  spec: Spec,
  text: string,
  around: Surroundings,
): PlanningAssumptions["examples"] {
  const unclear = new Set(
    checkSpec(spec, text)
      .filter(({ code }) => /VAGUE|ESCAPE|OPEN|AND_OR|UNTESTABLE/.test(code))
      .map(({ place }) => place.line),
  );
  return around.demands
    .filter(({ line }) => unclear.has(line))
    .flatMap((demand) => {
      const [scenario] = scenariosFor(demand, around);
      return scenario
        ? [
            {
              statement: `${demand.id}: ${quoteOf(plain(demand.text), 120)}`,
              example: `Given ${scenario.given}, when ${scenario.when}, then ${scenario.then}`,
              source: scenario.source ?? demand.id,
            },
          ]
        : [];
    });
}
