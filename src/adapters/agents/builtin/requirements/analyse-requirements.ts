import type { Spec } from "../../../../spec/model.ts";
import type { RequirementsDossier } from "../../../../stage/contracts/planning.ts";
import { firstSentence } from "../analysis/demand.ts";
import { domainOf } from "../analysis/domain.ts";
import { openEdgeCases } from "../analysis/edge-cases.ts";
import { surroundingsOf, type PlacedDemand, type Surroundings } from "../analysis/surroundings.ts";
import { plain } from "../text/terms.ts";
import { criteriaFor, scenariosFor } from "./acceptance.ts";
import { measureIn } from "./measure.ts";
import { isUnproven } from "../analysis/proofs.ts";
import { qualityOf } from "./quality-lexicon.ts";
import { requirementLinks } from "./requirement-links.ts";

/** What the stories want and why, in their own words; without stories, the description and the criteria. */
function objectivesOf(spec: Spec): string[] {
  const stories = spec.stories.map((story) => {
    const why = firstSentence(story.why ?? "");
    const told = why || firstSentence(story.narrative);
    return `${story.id} ${plain(story.title)}${told === "" ? "" : `: ${told}`}`;
  });
  if (stories.length > 0) return stories;
  const input = plain(spec.input ?? "");
  return [
    ...(input === "" ? [] : [input]),
    ...spec.criteria.map(({ id, text }) => `${id}: ${plain(text)}`),
  ];
}

function functionalOf(
  demand: PlacedDemand,
  around: Surroundings,
): RequirementsDossier["functional"][number] {
  const scenarios = scenariosFor(demand, around);
  const proofs = [...scenarios.map(({ source }) => source), ...criteriaFor(demand, around)];
  return {
    id: demand.id,
    statement: demand.text,
    priority: demand.rank,
    stories: [...demand.stories],
    acceptance_criteria: scenarios.map(({ given, when, then, source }) => ({
      given,
      when,
      then,
      source,
    })),
    verification: proofs.length > 0 ? proofs.join(", ") : null,
    line: demand.line,
  };
}

/** Numbered non-functional requirements, and the criteria that are about a quality rather than a function. */
function nonFunctionalOf({ spec, demands }: Surroundings): RequirementsDossier["non_functional"] {
  const taken = new Set(demands.map(({ id }) => id));
  const stated = spec.requirements.filter(
    ({ kind, id }) => kind === "non-functional" && !taken.has(id),
  );
  const measured = spec.criteria.filter(
    ({ text }) => qualityOf(plain(text)) !== "functional suitability",
  );
  return [...stated, ...measured].map(({ id, text }) => ({
    id,
    category: qualityOf(plain(text)),
    statement: plain(text),
    measure: measureIn(text),
  }));
}

const ids = (list: readonly { readonly id: string }[]): string =>
  list.map(({ id }) => id).join(", ");

function unknownsOf(around: Surroundings, functional: RequirementsDossier["functional"]): string[] {
  const { spec, demands } = around;
  const assumed = demands.filter(({ rankFrom }) => rankFrom === "assumed");
  const near = demands.filter(({ rankFrom }) => rankFrom === "nearest");
  const homeless = demands.filter(({ stories }) => stories.length === 0);
  const lent = demands.filter(({ storiesFrom }) => storiesFrom === "heading");
  const unproven = demands.filter((one) => isUnproven(one, around));
  const unsure = demands.filter(
    (one, index) => functional[index]?.verification === null && !unproven.includes(one),
  );
  const unmeasured = spec.criteria.filter(({ text }) => measureIn(text) === null);
  const substitutes: Readonly<Record<PlacedDemand["source"], string>> = {
    requirement: "",
    story:
      "The spec numbers no functional requirements; its user stories stand in for them, under their own ids.",
    description:
      "The spec has neither numbered requirements nor user stories; its description stands in as one requirement, SPEC.",
  };
  return [
    substitutes[demands[0]?.source ?? "requirement"],
    assumed.length > 0
      ? `Priority of ${ids(assumed)}: the spec states none and no story with a priority shares their subject; P2 is assumed.`
      : "",
    near.length > 0
      ? `Priority of ${ids(near)}: the spec states none; that of the nearest story is taken.`
      : "",
    homeless.length > 0 && spec.stories.length > 0
      ? `Which story ${ids(homeless)} ${homeless.length === 1 ? "serves: none shares enough of its" : "serve: none shares enough of their"} subject to say.`
      : "",
    ...lent.map(
      ({ id, group, stories }) =>
        `Which story ${id} serves: its words fit none; it is taken with ${stories.join(", ")}, like most of what stands under "${plain(group ?? "")}".`,
    ),
    unproven.length > 0
      ? `How ${ids(unproven)} will be verified: no acceptance scenario or success criterion speaks of them.`
      : "",
    unsure.length > 0
      ? `Whether a scenario or criterion proves ${ids(unsure)}: some come near, and their words do not decide it.`
      : "",
    unmeasured.length > 0 ? `The target of ${ids(unmeasured)}: the text names no figure.` : "",
    spec.criteria.length === 0 ? "What counts as success: the spec has no success criteria." : "",
    spec.requirements.some(({ kind }) => kind === "non-functional")
      ? ""
      : "Non-functional requirements: the spec has no section of them; those listed are read from its success criteria.",
  ].filter((text) => text !== "");
}

/** Requirements Analyst: everything the spec demands, what it hangs together with and how it can be verified. */
export function analyseRequirements(spec: Spec): { requirements_dossier: RequirementsDossier } {
  const around = surroundingsOf(spec);
  const functional = around.demands.map((demand) => functionalOf(demand, around));
  return {
    requirements_dossier: {
      objectives: objectivesOf(spec),
      functional,
      non_functional: nonFunctionalOf(around),
      constraints: [
        ...spec.constraints.map(({ text }) => plain(text)),
        ...spec.outOfScope.map(({ text }) => `Out of scope: ${plain(text)}`),
      ],
      success_metrics: spec.criteria.map(({ id, text }) => ({
        id,
        statement: plain(text),
        target: measureIn(text),
      })),
      dependencies: requirementLinks(around, domainOf(around)).map((link) => ({ ...link })),
      open_questions: [
        ...spec.clarifications.map(
          ({ question, within, line }) =>
            `${plain(question)} (${within ?? "unplaced"}, line ${line})`,
        ),
        ...openEdgeCases(around).map(({ text, line }) => `${text} (edge case, line ${line})`),
      ],
      unknowns: unknownsOf(around, functional),
    },
  };
}
