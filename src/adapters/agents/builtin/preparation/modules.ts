import type { Domain } from "../analysis/domain.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { componentsOf, type Component } from "../architecture/components.ts";
import { entityOwners } from "../architecture/entity-owners.ts";
import { closest } from "../review/terms.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { plain } from "../text/terms.ts";
import type { ApprovedPlan, PlanComponent } from "./approved-plan.ts";

/** A component with what the plan says of it. */
export interface Module extends Component {
  /** The plan's component that it realises; undefined where the plan has none for its requirements. */
  readonly component: PlanComponent | undefined;
}

/** Modules with the demands that no component of the plan names. */
export interface Modules {
  readonly modules: readonly Module[];
  /** Put where their words fit, which the plan does not say. */
  readonly placed: readonly { readonly id: string; readonly module: string }[];
}

/**
 * The modules to build: the plan's components with their demands and entities. A demand that no component names goes to the
 * one whose words are closest; where the plan names no components, or none fits, the spec is cut as planning would cut it.
 */
export function modulesOf(plan: ApprovedPlan, around: Surroundings, domain: Domain): Modules {
  const derived = componentsOf(around, domain);
  if (plan.components.length === 0)
    return { modules: derived.map((one) => ({ ...one, component: undefined })), placed: [] };
  const home = new Map<string, string>();
  for (const { name, requirements } of plan.components)
    for (const id of requirements) if (!home.has(id)) home.set(id, name);
  const placed: { id: string; module: string }[] = [];
  const moduleOf = (demand: PlacedDemand): string => {
    const named = home.get(normalId(demand.id));
    if (named !== undefined) return named;
    const near = closest(demand.text, plan.components, described, 1)?.item.name;
    const own = derived.find(({ demands }) => demands.includes(demand))?.name ?? demand.id;
    placed.push({ id: demand.id, module: near ?? own });
    return near ?? own;
  };
  const byModule = new Map<string, PlacedDemand[]>(plan.components.map(({ name }) => [name, []]));
  for (const demand of around.demands) {
    const name = moduleOf(demand);
    byModule.set(name, [...(byModule.get(name) ?? []), demand]);
  }
  const bundles = [...byModule].map(([name, demands]) => ({ name, topic: undefined, demands }));
  const owned = ownersOf(bundles, { plan, around, domain });
  return {
    placed,
    modules: bundles.map((bundle) => ({
      ...bundle,
      component: plan.components.find(({ name }) => name === bundle.name),
      entities: [...owned].filter(([, owner]) => owner === bundle.name).map(([entity]) => entity),
    })),
  };
}

const described = ({ name, responsibility, entities }: PlanComponent): string =>
  `${name} ${responsibility} ${entities.join(" ")}`;

interface Context {
  readonly plan: ApprovedPlan;
  readonly around: Surroundings;
  readonly domain: Domain;
}

/** Each entity of the spec with its module: the one that the plan says owns it, else the one that its demands speak for. */
function ownersOf(
  bundles: readonly { name: string; topic: undefined; demands: PlacedDemand[] }[],
  { plan, around, domain }: Context,
): ReadonlyMap<string, string> {
  const said = new Map(
    plan.components.flatMap(({ name, entities }) =>
      entities.map((entity) => [entity.toLowerCase(), name] as const),
    ),
  );
  return new Map(
    entityOwners(bundles, domain, around).flatMap(({ entity, owner }) => {
      const name = said.get(plain(entity).toLowerCase()) ?? owner?.name;
      return name === undefined ? [] : [[entity, name] as const];
    }),
  );
}
