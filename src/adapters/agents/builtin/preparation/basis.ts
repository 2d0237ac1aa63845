import type { Spec } from "../../../../spec/model.ts";
import { ownIds } from "../../../../stage/checks/ids.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { domainOf, type Domain } from "../analysis/domain.ts";
import { statementsOf, type Statement } from "../analysis/evidence.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import { subjectsOf } from "../analysis/subjects.ts";
import { surroundingsOf, type PlacedDemand, type Surroundings } from "../analysis/surroundings.ts";
import { componentNeeds } from "../architecture/component-needs.ts";
import { requirementLinks } from "../requirements/requirement-links.ts";
import { audienceOf } from "../synthesis/audience.ts";
import { deedOf, type Subjects } from "../text/deed.ts";
import { singular } from "../text/terms.ts";
import { readApprovedPlan, type ApprovedPlan } from "./approved-plan.ts";
import { modulesOf, type Module, type Modules } from "./modules.ts";

/** Spec and approved plan read together: what all four specialists start from, so that they use the same names. */
export interface Basis extends Modules {
  readonly spec: Spec;
  readonly around: Surroundings;
  readonly domain: Domain;
  readonly statements: readonly Statement[];
  /** Which demand needs which first. */
  readonly links: readonly Link[];
  /** Which module needs which, without cycles; what the plan draws counts before what the spec suggests. */
  readonly needs: readonly Link[];
  readonly subjects: Subjects;
  /** Whom the spec lets act or speaks for, in the singular and lower case. */
  readonly people: ReadonlySet<string>;
  readonly plan: ApprovedPlan;
}

/** @param inputs `spec.md` and `plan.md` */
export function basisOf(inputs: Readonly<Record<string, string>>): Basis {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  const plan = readApprovedPlan(inputs["plan.md"] ?? "", ownIds(spec));
  const around = surroundingsOf(spec);
  const domain = domainOf(around);
  const links = requirementLinks(around, domain);
  const subjects = subjectsOf(around);
  const { modules, placed } = modulesOf(plan, around, domain);
  const found = componentNeeds(modules, links, around).needs;
  const drawn = modules.flatMap(({ name, component }) =>
    (component?.needs ?? []).map(
      (to): Link =>
        found.find((one) => one.from === name && one.to === to) ?? {
          from: name,
          to,
          reason: "drawn in plan.md",
        },
    ),
  );
  return {
    spec,
    plan,
    around,
    domain,
    links,
    modules,
    placed,
    needs: acyclic(drawn.length > 0 ? drawn : found),
    statements: statementsOf(around),
    subjects,
    people: new Set([...subjects.people, ...audienceOf(spec).map((name) => singular(name))]),
  };
}

/** What is to be done about a demand, as a title. */
export const titleOf = ({ text }: PlacedDemand, { subjects }: Basis): string =>
  deedOf(text, subjects);

/** The module that a demand is built in. */
export const moduleOf = (demand: PlacedDemand, { modules }: Basis): Module | undefined =>
  modules.find(({ demands }) => demands.includes(demand));
