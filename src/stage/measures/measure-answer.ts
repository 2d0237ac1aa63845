import type { Measures } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import type { Spec } from "../../spec/model.ts";
import { normalId } from "../checks/ids.ts";
import { unmitigatedRisks } from "../checks/risk-mitigations.ts";
import type { ContractName } from "../contracts.ts";
import { projectEstimation, riskAssessment } from "../contracts/planning.ts";
import { coreImplementation, documentationPlan, testStrategy } from "../contracts/preparation.ts";
import { bodyOf, entriesIn, fieldOf, isFilled, partsOf } from "./answer-parts.ts";

/**
 * What is counted in a specialist's answer when its role is settled, and recorded with it (ST-20): metrics are computed
 * from what was recorded, never from the answer again. `answer` is null where the role has none, or a simplified one.
 */
export function measureAnswer(contract: ContractName, answer: Json | null, spec: Spec): Measures {
  const parts = partsOf(contract);
  if (answer === null) return { parts: parts.length, parts_filled: 0 };
  const body = bodyOf(contract, answer);
  const confidence = fieldOf(answer, "confidence_score");
  return {
    parts: parts.length,
    parts_filled: parts.filter((part) => isFilled(fieldOf(body, part))).length,
    entries: entriesIn(body),
    ...(typeof confidence === "number" ? { confidence_score: confidence } : {}),
    ...COUNTED[contract]?.(answer, spec),
  };
}

/** What is counted besides, by contract. Shares of requirements count those that the specification really has. */
const COUNTED: { readonly [name in ContractName]?: (answer: Json, spec: Spec) => Measures } = {
  risk_assessment(answer) {
    const risk = riskAssessment.parse(answer).risk_assessment;
    const open = unmitigatedRisks(risk).length;
    return { risks: risk.risks.length, risks_mitigated: risk.risks.length - open };
  },
  project_estimation: (answer) => ({
    confidence: projectEstimation.parse(answer).project_estimation.confidence,
  }),
  core_implementation(answer) {
    const { interfaces } = coreImplementation.parse(answer).core_implementation;
    const operations = interfaces.flatMap((one) => one.operations);
    return {
      operations: operations.length,
      operations_clear: operations.filter(
        ({ inputs, output, errors }) => (inputs.length > 0 || output !== null) && errors.length > 0,
      ).length,
    };
  },
  test_strategy(answer, spec) {
    const { cases, not_testable: excluded } = testStrategy.parse(answer).test_strategy;
    const scenarios = spec.stories.flatMap(({ id, scenarios: all }) =>
      all.map(({ number }) => `${normalId(id)}/AC${number}`),
    );
    const cited = new Set(cases.flatMap(({ source }) => scenariosIn(source)));
    return {
      ...among(
        spec,
        "requirements_tested",
        cases.flatMap(({ requirements }) => requirements),
      ),
      ...among(
        spec,
        "requirements_not_testable",
        excluded.map(({ requirement }) => requirement),
      ),
      scenarios: scenarios.length,
      scenarios_tested: scenarios.filter((one) => cited.has(one)).length,
    };
  },
  documentation_plan(answer, spec) {
    const { documents } = documentationPlan.parse(answer).documentation_plan;
    return {
      ...among(
        spec,
        "requirements_documented",
        documents.flatMap(({ requirements }) => requirements),
      ),
      examples: documents.reduce((sum, { examples }) => sum + examples.length, 0),
    };
  },
};

/** How many requirements the specification has, and how many of them are named. */
function among(spec: Spec, name: string, named: readonly string[]): Measures {
  const ids = new Set(spec.requirements.map(({ id }) => normalId(id)));
  const found = new Set(named.map(normalId));
  return { requirements: ids.size, [name]: [...ids].filter((id) => found.has(id)).length };
}

/** `US1/AC2` in a source, however the story's id is spelled. */
const scenariosIn = (source: string): readonly string[] =>
  [...source.matchAll(/\b(US-?\d{1,3}[a-z]?)\s?\/\s?AC-?(\d{1,3})\b/gi)].map(
    ([, story = "", number]) => `${normalId(story)}/AC${Number(number)}`,
  );
