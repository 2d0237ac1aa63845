import type { DepthTable } from "./depth.ts";

/** S2 §5: depth of the preparation by complexity. Each level asks for what the one below it does, and more. */
export const PREPARATION_DEPTHS: DepthTable = {
  core: {
    low: {
      word: "standard",
      instruction: "Standard depth: modules with their responsibilities, and the work in order.",
      demands: [],
    },
    medium: {
      word: "thorough",
      instruction:
        "Thorough depth: modules, data structures with the rules that the specification states, and the interfaces between modules.",
      demands: [
        { each: "modules", has: ["requirements", "entities", "component"] },
        { list: "data_structures", atLeast: 1 },
        { list: "interfaces", atLeast: 1 },
      ],
    },
    high: {
      word: "exhaustive",
      instruction:
        "Exhaustive depth: every structure with fields or invariants, every interface with its operations, and the algorithms that particular requirements call for.",
      demands: [
        { each: "modules", has: ["requirements", "entities", "component"] },
        { list: "data_structures", atLeast: 1 },
        { list: "interfaces", atLeast: 1 },
        { each: "data_structures", has: ["fields", "invariants"] },
        { each: "interfaces", has: ["operations"] },
        { list: "algorithms", atLeast: 1 },
      ],
    },
  },
  integrations: {
    low: {
      word: "basic",
      instruction: "Basic depth: which outside systems there are, and what for.",
      demands: [],
    },
    medium: {
      word: "comprehensive",
      instruction:
        "Comprehensive depth: each outside system with every way it can fail and the response, and all configuration.",
      demands: [
        { list: "integrations", atLeast: 1 },
        { each: "integrations", has: ["errors"] },
        { list: "configuration", atLeast: 1 },
      ],
    },
    high: {
      word: "comprehensive",
      instruction:
        "Comprehensive depth: each outside system with every way it can fail and the response, and all configuration.",
      demands: [
        { list: "integrations", atLeast: 1 },
        { each: "integrations", has: ["errors"] },
        { list: "configuration", atLeast: 1 },
      ],
    },
  },
  tests: {
    low: {
      word: "essential",
      instruction: "Essential depth: the levels of tests, and a case for each acceptance scenario.",
      demands: [],
    },
    medium: {
      word: "detailed",
      instruction:
        "Detailed depth: a case for each scenario, criterion and answered edge case, tied to ids, and the fixtures that they share.",
      demands: [
        { list: "cases", atLeast: 1 },
        { each: "cases", has: ["requirements", "source"] },
        { list: "fixtures", atLeast: 1 },
      ],
    },
    high: {
      word: "exhaustive",
      instruction:
        "Exhaustive depth: cases with what is given and done, also for refusals and limits; every level says what it covers; what nothing lets one test is named.",
      demands: [
        { list: "cases", atLeast: 1 },
        { each: "cases", has: ["requirements", "source"] },
        { list: "fixtures", atLeast: 1 },
        { each: "cases", has: ["given", "when"] },
        { each: "levels", has: ["covers"] },
      ],
    },
  },
  docs: {
    low: {
      word: "minimal",
      instruction: "Minimal depth: only documents without which the feature can't be used.",
      demands: [],
    },
    medium: {
      word: "standard",
      instruction: "Standard depth: each document with its audience and sections.",
      demands: [{ each: "documents", has: ["sections"] }],
    },
    high: {
      word: "detailed",
      instruction:
        "Detailed depth: each document with sections and worked examples, tied to requirements, and what people who move must be told.",
      demands: [
        { each: "documents", has: ["sections"] },
        { each: "documents", has: ["examples"] },
        { list: "migration", atLeast: 1 },
      ],
    },
  },
};
