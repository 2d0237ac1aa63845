import { readFileSync } from "node:fs";

/** The version of this package, as its package.json has it. */
export const PACKAGE_VERSION: string =
  /"version":\s*"([^"]+)"/.exec(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  )?.[1] ?? "unknown";
