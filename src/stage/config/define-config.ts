import type { z } from "zod";
import type { CommandInput } from "../agents/command.ts";
import type { ModelInput } from "../agents/model.ts";
import type { configFile } from "./config-schema.ts";

/** What may stand in a configuration, as it is written: durations are text. The same schema reads all three forms. */
export type ConfigInput = Omit<z.input<typeof configFile>, "agents"> & {
  readonly agents?: Readonly<Record<string, CommandInput | ModelInput>> | undefined;
};

/** The configuration as it is, with its type checked: for `export default defineConfig({ … })` in `wavegate.config.ts`. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;
