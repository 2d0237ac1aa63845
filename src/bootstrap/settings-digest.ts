import { digestOf } from "../adapters/shared/digest.ts";
import { PACKAGE_VERSION } from "./package-version.ts";
import type { Project } from "./open-project.ts";

/** What decides how this process does tasks, as a digest: one that was started before the configuration was changed has another. */
export const settingsDigest = ({ config, agents }: Pick<Project, "config" | "agents">): string =>
  digestOf(
    JSON.stringify([
      PACKAGE_VERSION,
      config.ok ? config.value.written : null,
      [...agents.keys()].toSorted(),
    ]),
  );
