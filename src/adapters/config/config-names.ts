/** What the configuration of a project may be called; one of them is there, or none. */
export const CONFIG_FILES = [
  "wavegate.config.yaml",
  "wavegate.config.json",
  "wavegate.config.ts",
] as const;

export type ConfigName = (typeof CONFIG_FILES)[number];

/** Names that people are likely to give it by mistake, and the one that is meant: refused, never passed over. */
export const MISNAMED: Readonly<Record<string, ConfigName>> = {
  "wavegate.yaml": "wavegate.config.yaml",
  "wavegate.yml": "wavegate.config.yaml",
  "wavegate.json": "wavegate.config.json",
  "wavegate.ts": "wavegate.config.ts",
  "wavegate.config.yml": "wavegate.config.yaml",
  "wavegate.config.jsonc": "wavegate.config.yaml",
  "wavegate.config.json5": "wavegate.config.yaml",
  "wavegate.config.toml": "wavegate.config.yaml",
  "wavegate.config.mts": "wavegate.config.ts",
  "wavegate.config.cts": "wavegate.config.ts",
  "wavegate.config.js": "wavegate.config.ts",
  "wavegate.config.mjs": "wavegate.config.ts",
  "wavegate.config.cjs": "wavegate.config.ts",
};

/** All names by which a file is, or means to be, the configuration. */
export const CLAIMING_NAMES: readonly string[] = [...CONFIG_FILES, ...Object.keys(MISNAMED)];
