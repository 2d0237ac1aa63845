import type { DepthTable } from "./depth.ts";

/** S0 §5.2: depth of the planning analysts by complexity. Each level asks for what the one below it does, and more. */
export const PLANNING_DEPTHS: DepthTable = {
  requirements: {
    low: {
      word: "basic",
      instruction:
        "Basic depth: the requirements with priorities and their scenarios; leave out what the specification does not raise.",
      demands: [],
    },
    medium: {
      word: "thorough",
      instruction:
        "Thorough depth: for every requirement say how it will be verified; state constraints and what depends on what.",
      demands: [{ each: "functional", has: ["acceptance_criteria", "verification"] }],
    },
    high: {
      word: "exhaustive",
      instruction:
        "Exhaustive depth: every requirement with how it is verified, every quality with its measure, the whole map of dependencies, and every question that is left open.",
      demands: [
        { each: "functional", has: ["acceptance_criteria", "verification"] },
        { each: "non_functional", has: ["measure"] },
        { list: "dependencies", atLeast: 1 },
        { list: "success_metrics", atLeast: 1 },
      ],
    },
  },
  architecture: {
    low: {
      word: "standard",
      instruction:
        "Standard depth: components and what connects them; no alternatives where the specification leaves no choice.",
      demands: [],
    },
    medium: {
      word: "comprehensive",
      instruction:
        "Comprehensive depth: components, every interface between them with its operations, the flow of data, and patterns with the requirements that call for them.",
      demands: [
        { list: "interfaces", atLeast: 1 },
        { list: "data_flow", atLeast: 1 },
        { each: "components", has: ["requirements", "entities"] },
      ],
    },
    high: {
      word: "with_alternatives",
      instruction:
        "With alternatives: all that a comprehensive design has, and for each decision that shapes it at least two options with what speaks for and against each.",
      demands: [
        { list: "interfaces", atLeast: 1 },
        { list: "data_flow", atLeast: 1 },
        { each: "components", has: ["requirements", "entities"] },
        { list: "alternatives", atLeast: 2 },
        { each: "alternatives", has: ["pros"] },
        { each: "alternatives", has: ["cons"] },
      ],
    },
  },
  risk: {
    low: {
      word: "basic",
      instruction: "Basic depth: the risks that the specification itself raises, with mitigations.",
      demands: [],
    },
    medium: {
      word: "detailed",
      instruction:
        "Detailed depth: each risk with the text that raises it, every edge case, and the compliance items to check.",
      demands: [
        { each: "risks", has: ["sources"] },
        { list: "edge_cases", atLeast: 1 },
      ],
    },
    high: {
      word: "comprehensive_mitigations",
      instruction:
        "Comprehensive mitigations: for each risk besides its mitigation what is done when it happens all the same, and for each edge case how it is handled.",
      demands: [
        { each: "risks", has: ["sources"] },
        { list: "edge_cases", atLeast: 1 },
        { each: "risks", has: ["contingency"] },
        { each: "edge_cases", has: ["handling"] },
      ],
    },
  },
  estimation: {
    low: {
      word: "ranges_only",
      instruction:
        "Ranges only: phases with effort from optimistic to pessimistic; tasks in few words.",
      demands: [],
    },
    medium: {
      word: "phased_estimates",
      instruction:
        "Phased estimates: each phase with its goal and deliverables, and the assumptions that the figures rest on.",
      demands: [
        { each: "phases", has: ["deliverables"] },
        { list: "assumptions", atLeast: 1 },
      ],
    },
    high: {
      word: "detailed_breakdown",
      instruction:
        "Detailed breakdown: every task tied to requirements or to tasks before it, the critical path, and the people needed.",
      demands: [
        { each: "phases", has: ["deliverables"] },
        { list: "assumptions", atLeast: 1 },
        { each: "phases.tasks", has: ["requirements", "depends_on"] },
        { list: "critical_path", atLeast: 1 },
        { list: "resources", atLeast: 1 },
      ],
    },
  },
};
