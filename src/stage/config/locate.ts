import type { FilePlace } from "../../core/place.ts";

/** The way to a value in the configuration: keys and list positions. */
export type ConfigPath = readonly (string | number)[];

/** Where a key or its value stands; for what is not there, the nearest thing around it. */
export type Locate = (path: ConfigPath, part: "key" | "value") => FilePlace;

/** A path for people: `stages.planning.roles.risk.needs[1]`. */
export const showPath = (path: ConfigPath): string =>
  path.reduce<string>(
    (shown, step) =>
      typeof step === "number" ? `${shown}[${step + 1}]` : shown === "" ? step : `${shown}.${step}`,
    "",
  );
