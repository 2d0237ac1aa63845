import { field, items, lineOf, placeOf, type Value } from "../../../core/json-values.ts";
import { quoted } from "../../project/report.ts";
import type {
  GivenConstraint,
  GivenOwner,
  GivenPlanning,
  GivenRisk,
  GivenStrategy,
} from "../../project/given.ts";
import { namesIn, type ExecutionPhase, type ExecutionPlan } from "./execution-plan.ts";

/** As much of an execution plan as is read here. */
export interface GivenSource extends Pick<ExecutionPlan, "root"> {
  readonly waves: readonly {
    readonly phases: readonly Pick<ExecutionPhase, "id" | "session" | "teams">[];
  }[];
}

/**
 * What an execution plan of S3 says of risks, of what answers them, and of what is shared, in its own words; nothing is left out because a
 * field of it is missing. Who owns a risk that names nobody is who decides on what its category is about (`decision_types`).
 */
export function givenPlanning(plan: GivenSource): GivenPlanning {
  const management = field(plan.root, "risk_management");
  const risks = groupsIn(field(management, "risk_assessment", "risks")).map((value, at) =>
    riskOf(plan, value, at),
  );
  return {
    risks,
    strategies: groupsIn(field(management, "mitigation_strategies", "strategies")).map(
      (value, at) => strategyOf(value, at, risks),
    ),
    constraints: groupsIn(
      field(field(plan.root, "resource_analysis"), "resource_constraints"),
    ).flatMap(constraintOf),
  };
}

/** Items that say something: groups, and lines of text. */
const groupsIn = (list: Value | undefined): readonly Value[] =>
  items(list).filter((item) => item.node.kind === "map" || lineOf(item) !== undefined);

const lines = (of: Value, ...names: readonly string[]): readonly string[] =>
  items(field(of, ...names)).flatMap((item) => lineOf(item) ?? []);

const numbered = (prefix: string, at: number): string =>
  `${prefix}_${String(at + 1).padStart(3, "0")}`;

function riskOf(plan: GivenSource, value: Value, at: number): GivenRisk {
  const id = lineOf(field(value, "risk_id", "id")) ?? numbered("risk", at);
  const category = lineOf(field(value, "category", "type")) ?? "";
  const probability = lineOf(field(value, "probability", "likelihood"));
  const impact = lineOf(field(value, "impact", "severity"));
  const detection = lineOf(field(value, "detection_method", "detection"));
  const trigger = lineOf(field(value, "trigger"));
  const contingency = lineOf(field(value, "contingency_plan", "contingency"));
  const owner = ownerOf(plan, value, category);
  return {
    id,
    name: lineOf(field(value, "risk_name", "name", "title", "description")) ?? lineOf(value) ?? id,
    category,
    ...(probability !== undefined && { probability }),
    ...(impact !== undefined && { impact }),
    ...touchedBy(plan, value),
    ...(detection !== undefined && { detection }),
    ...(trigger !== undefined && { trigger }),
    signs: lines(value, "early_warning_signs", "early_signs"),
    prevention: lines(value, "prevention_measures", "prevention", "mitigation"),
    response: lines(value, "response_procedures", "response"),
    ...(contingency !== undefined && { contingency }),
    ...(owner && { owner }),
    place: placeOf(value),
  };
}

/** Activities by the sessions and phases that are named, and their teams. */
function touchedBy({ waves }: GivenSource, value: Value): Pick<GivenRisk, "activities" | "teams"> {
  const named = new Set(
    ["affected_sessions", "affected_phases", "affected_teams"].flatMap((name) =>
      namesIn(field(value, name)).map(({ name: each }) => each),
    ),
  );
  const touched = waves
    .flatMap(({ phases }) => phases)
    .filter(
      ({ id, session, teams }) =>
        named.has(id) || named.has(session ?? "") || teams.some(({ name }) => named.has(name)),
    );
  return {
    activities: touched.map(({ id }) => id),
    teams: [...new Set(touched.flatMap(({ teams }) => teams.map(({ name }) => name)))],
  };
}

/** What words are about: `coordination_risk` and `coordination_decisions` both about coordination. */
const subjectOf = (words: string): string => /^[a-z]{3,40}/.exec(words.toLowerCase())?.[0] ?? "";

function ownerOf({ root }: GivenSource, value: Value, category: string): GivenOwner | undefined {
  const own = lineOf(field(value, "owner", "responsible"));
  if (own !== undefined) return { name: own };
  const making = field(field(root, "coordination_protocols"), "decision_making");
  const subject = subjectOf(category);
  const decides =
    subject === ""
      ? undefined
      : items(field(making, "decision_types")).find(
          (type) => subjectOf(type.name ?? "") === subject,
        );
  const name = lineOf(decides);
  return name === undefined
    ? undefined
    : { name, why: `No owner is written: ${quoted(name)} has ${decides?.name ?? ""}` };
}

function strategyOf(value: Value, at: number, risks: readonly GivenRisk[]): GivenStrategy {
  const id = lineOf(field(value, "strategy_id", "id")) ?? numbered("mit", at);
  const name = lineOf(field(value, "strategy_name", "name", "title")) ?? lineOf(value) ?? id;
  const named = lines(value, "risks", "risk_ids", "addresses", "addressed_risks");
  const about = name.toLowerCase();
  return {
    id,
    name,
    description: lineOf(field(value, "description")) ?? "",
    implementation: lines(value, "implementation"),
    successMetrics: lines(value, "success_metrics"),
    monitoring: lineOf(field(value, "monitoring")) ?? "",
    risks:
      named.length > 0
        ? named
        : risks
            .filter(({ category }) => {
              const subject = subjectOf(category);
              return subject !== "" && about.includes(subject);
            })
            .map((risk) => risk.id),
    place: placeOf(value),
  };
}

function constraintOf(value: Value): readonly GivenConstraint[] {
  const resource = lineOf(field(value, "constraint_type", "type", "name")) ?? lineOf(value);
  if (resource === undefined) return [];
  return [
    {
      resource,
      description: lineOf(field(value, "description")) ?? wordsOf(resource),
      impact: lineOf(field(value, "impact")) ?? "",
      mitigation: lineOf(field(value, "mitigation")) ?? "",
      place: placeOf(value),
    },
  ];
}

const wordsOf = (id: string): string => id.replaceAll("_", " ");
