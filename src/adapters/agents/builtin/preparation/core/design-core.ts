import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import { capitalize } from "../../text/terms.ts";
import { quotesRequirements } from "../../synthesis/plain-words.ts";
import { lowered } from "../../synthesis/markdown.ts";
import { titleOf, type Basis } from "../basis.ts";
import type { Module } from "../modules.ts";
import { algorithmsOf } from "./algorithms.ts";
import { coreUnknowns } from "./core-unknowns.ts";
import { coreWork } from "./core-work.ts";
import { dataStructuresOf } from "./data-structures.ts";
import { interfacesFor } from "./interfaces.ts";

/** What the plan says a module does; where that only quotes requirements or is nothing, their deeds. */
function responsibilityOf({ component, demands, name }: Module, basis: Basis): string {
  const told = component?.responsibility ?? "";
  if (told !== "" && !quotesRequirements(told)) return told;
  const deeds = demands.map((demand) => lowered(titleOf(demand, basis))).filter(Boolean);
  return deeds.length > 0 ? capitalize(deeds.join("; ")) : `What plan.md calls ${name}`;
}

/** Core Implementer: modules, what they keep and offer, what their requirements call for, and the work in order. */
export function designCore(basis: Basis): { core_implementation: CoreImplementation } {
  const data_structures = dataStructuresOf(basis);
  const interfaces = interfacesFor(basis);
  const parts = { data_structures, interfaces };
  return {
    core_implementation: {
      modules: basis.modules.map((module) => ({
        name: module.name,
        responsibility: responsibilityOf(module, basis),
        component: module.component?.name ?? null,
        requirements: module.demands.map(({ id }) => id),
        entities: [...module.entities],
        depends_on: basis.needs.filter(({ from }) => from === module.name).map(({ to }) => to),
        depends_because: basis.needs
          .filter(({ from }) => from === module.name)
          .map(({ to, reason }) => ({ on: to, reason })),
      })),
      ...parts,
      algorithms: algorithmsOf(basis),
      tasks: coreWork(basis, parts),
      unknowns: coreUnknowns(basis, parts),
    },
  };
}
