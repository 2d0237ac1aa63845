import { demandText, type OutputDemand } from "../depth/demand.ts";
import type { DepthTable } from "../depth/depth.ts";
import { NO_DIRECTIONS, type Directions } from "../directions.ts";
import type { RoleSpec, StageSpec } from "../stage-spec.ts";
import { ADDITIONS } from "./addition.ts";
import type { Draft } from "./effects.ts";

const BRIEF =
  "Resources are short: give what the schema requires and what the documents state, one sentence each, and leave optional parts out.";

const COMPREHENSIVE = {
  instruction:
    "Comprehensive review: go through every analysis and every requirement; say of each analysis whether it is complete and what was found, also where nothing is wrong.",
  demands: [
    { list: "completeness_check", atLeast: 1 },
    { each: "completeness_check", has: ["note"] },
  ] satisfies readonly OutputDemand[],
};

const DETAILED = {
  instruction:
    "Detailed QA: look at the artifacts section by section; list every section under `examined` with what you found in it, also where nothing is wrong.",
  demands: [
    { list: "examined", atLeast: 1 },
    { each: "examined", has: ["finding"] },
  ] satisfies readonly OutputDemand[],
};

/** The stage with what depth and rules ask of each role put into its directions. */
export function withDepths(
  draft: Draft,
  table: DepthTable,
): { readonly stage: StageSpec; readonly depths: Readonly<Record<string, string>> } {
  const { stage, levels, sections, brief } = draft;
  const depthOf = (name: string) => {
    const level = levels[name];
    return level === undefined ? undefined : table[name]?.[level];
  };
  const specialist = (role: RoleSpec): RoleSpec => {
    const depth = depthOf(role.name);
    return directed(role, brief, {
      depth: depth?.word ?? null,
      instructions: depth ? [depth.instruction, ...depth.demands.map(demandText)] : [],
      demands: depth?.demands ?? [],
    });
  };
  const lead = (role: RoleSpec, on: boolean, more: typeof COMPREHENSIVE | typeof DETAILED) =>
    directed(role, brief, on ? { instructions: [more.instruction], demands: more.demands } : {});
  const [main] = stage.artifacts;
  return {
    stage: {
      ...stage,
      roles: stage.roles.map(specialist),
      reviewer: lead(stage.reviewer, draft.review === "comprehensive", COMPREHENSIVE),
      synthesizer: directed(stage.synthesizer, brief, {
        sections,
        instructions: sections.map(
          (name) =>
            `${main?.name ?? "The document"} also has the section "${ADDITIONS[name].section}": ${ADDITIONS[name].instruction}.`,
        ),
      }),
      qa: lead(stage.qa, draft.qa === "detailed", DETAILED),
    },
    depths: Object.fromEntries(
      stage.roles.flatMap(({ name }) => {
        const depth = depthOf(name);
        return depth ? [[name, depth.word]] : [];
      }),
    ),
  };
}

/** A role with directions, or as it is where there are none. */
function directed(role: RoleSpec, brief: boolean, some: Partial<Directions>): RoleSpec {
  const instructions = [...(some.instructions ?? []), ...(brief ? [BRIEF] : [])];
  if (instructions.length === 0 && (some.depth ?? null) === null) return role;
  return { ...role, directions: { ...NO_DIRECTIONS, ...some, instructions, brief } };
}
