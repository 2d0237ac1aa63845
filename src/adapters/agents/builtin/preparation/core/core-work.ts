import type {
  CoreImplementation,
  ProposedWork,
} from "../../../../../stage/contracts/preparation.ts";
import { idsIn, normalId } from "../../../../../stage/checks/ids.ts";
import { topicName } from "../../analysis/domain.ts";
import { isTooling } from "../../analysis/tooling.ts";
import { acyclic, type Link } from "../../analysis/links.ts";
import { sentenceList } from "../../synthesis/markdown.ts";
import { moduleOf, titleOf, type Basis } from "../basis.ts";
import { outsideOf } from "../integrations/outside-systems.ts";
import { refersTo } from "./entity-fields.ts";
import { WORK } from "../work-ids.ts";

type Parts = Pick<CoreImplementation, "data_structures" | "interfaces">;

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

function structureTask({ modules, spec }: Basis): ProposedWork {
  return {
    id: WORK.structure,
    title: `Create the module structure: ${sentenceList(
      modules.map(({ name }) => name),
      6,
    )}`,
    builds: "module structure",
    requirements: spec.stories.map(({ id }) => id),
    depends_on: [],
    phase: "foundation",
  };
}

/** Modules whose records refer to records of others, without cycles. */
function referencesBetween(
  { spec }: Basis,
  structures: CoreImplementation["data_structures"],
): readonly Link[] {
  const home = new Map(structures.map(({ name, module }) => [name, module]));
  return acyclic(
    spec.entities.flatMap((entity) =>
      refersTo(entity, spec.entities).flatMap((other) => {
        const [from, to] = [home.get(topicName(entity.name)), home.get(other)];
        return from === undefined || to === undefined || from === to
          ? []
          : [{ from, to, reason: `${entity.name} refers to ${other}` }];
      }),
    ),
  );
}

/** Groundwork of each module: what it keeps, then what can be asked of it. */
function moduleTasks(basis: Basis, { data_structures, interfaces }: Parts): ProposedWork[] {
  const referred = referencesBetween(basis, data_structures);
  return basis.modules.flatMap(({ name, demands }): ProposedWork[] => {
    const kept = data_structures.filter(({ module }) => module === name);
    const offered = interfaces
      .filter(({ module }) => module === name)
      .flatMap(({ operations }) => operations);
    const ruled = kept.flatMap(({ invariants }) => invariants.flatMap((rule) => idsIn(rule)));
    const own = demands.map(({ id }) => id);
    const data: ProposedWork = {
      id: WORK.data(name),
      title: `${isTooling(basis.around) ? "Lay out" : "Model and store"} ${sentenceList(kept.map((one) => one.name))}`,
      builds: name,
      requirements: ruled.length > 0 ? unique(ruled) : own,
      depends_on: [
        WORK.structure,
        ...referred.filter(({ from }) => from === name).map(({ to }) => WORK.data(to)),
      ],
      phase: "foundation",
    };
    const operations: ProposedWork = {
      id: WORK.operations(name),
      title: `Fix the contract of ${name}: ${sentenceList(
        offered.map((one) => one.name),
        5,
      )}`,
      builds: name,
      requirements: unique(offered.flatMap(({ requirements }) => requirements)),
      depends_on: [kept.length > 0 ? WORK.data(name) : WORK.structure],
      phase: "foundation",
    };
    return [...(kept.length > 0 ? [data] : []), ...(offered.length > 0 ? [operations] : [])];
  });
}

/** What the plan calls the task that is for this requirement alone: the same work has the same name. */
function plannedTitle(id: string, { plan }: Basis): string | undefined {
  const own = plan.work.tasks.find(({ ids }) => ids.length === 1 && ids[0] === normalId(id));
  const title = own?.text
    .replace(/\s*(?:\((?:[A-Z]{1,6}-?\d|depends\b)|\[\d|— added by).*$/s, "")
    .trim();
  return title === "" ? undefined : title;
}

/** One piece of work per demand, behind its module's groundwork, what it needs first and the agreements with systems that it names. */
function demandTasks(basis: Basis, { data_structures, interfaces }: Parts): ProposedWork[] {
  const outside = outsideOf(basis);
  const keeper = new Map(data_structures.map(({ name, module }) => [name, module]));
  return basis.around.demands.map((demand) => {
    const name = moduleOf(demand, basis)?.name ?? "";
    const ground = [
      ...(interfaces.some(({ module }) => module === name) ? [WORK.operations(name)] : []),
      ...(data_structures.some(({ module }) => module === name) ? [WORK.data(name)] : []),
    ];
    return {
      id: WORK.demand(demand.id),
      title: plannedTitle(demand.id, basis) ?? (titleOf(demand, basis) || demand.id),
      builds: name || demand.id,
      requirements: [demand.id],
      depends_on: [
        ...(ground.length > 0 ? ground : [WORK.structure]),
        // records of other modules that it looks at
        ...(basis.domain.touched.get(demand.id) ?? []).flatMap((topic) => {
          const owner = keeper.get(topic.name);
          return owner === undefined || owner === name ? [] : [WORK.data(owner)];
        }),
        ...basis.links
          .filter(
            ({ from, to }) =>
              from === demand.id && basis.around.demands.some(({ id }) => id === to),
          )
          .map(({ to }) => WORK.demand(to)),
        ...outside
          .filter(({ requirements }) => requirements.includes(demand.id))
          .map((one) => WORK.agreement(one.name)),
      ],
      phase: "core",
    };
  });
}

/** The core's work: structure, then data and contracts of each module, then each demand. */
export const coreWork = (basis: Basis, parts: Parts): ProposedWork[] => [
  structureTask(basis),
  ...moduleTasks(basis, parts),
  ...demandTasks(basis, parts),
];
