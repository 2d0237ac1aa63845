/** Ids of proposed work, agreed among the four specialists so that each can name what it waits for. */
export const WORK = {
  structure: "core/structure",
  data: (module: string): string => `core/data/${module}`,
  operations: (module: string): string => `core/operations/${module}`,
  demand: (id: string): string => `core/${id}`,
  agreement: (system: string): string => `integrations/agreement/${system}`,
  adapter: (system: string): string => `integrations/adapter/${system}`,
  configuration: "integrations/configuration",
  fixtures: "tests/fixtures",
  rules: "tests/rules",
  scenarios: (story: string): string => `tests/scenarios/${story}`,
  edges: "tests/edge-cases",
  measured: "tests/measured",
  used: "tests/in-use",
  document: (name: string): string => `docs/${name}`,
  migration: "docs/migration",
} as const;
