import { realpathSync } from "node:fs";
import path from "node:path";
import { createFileWatch } from "../adapters/plan-files/watch-files.ts";
import { createPlanFiles } from "../adapters/plan-files/plan-files.ts";
import { createCommitLog } from "../adapters/repository/commit-log.ts";
import { headBranch } from "../adapters/repository/head-branch.ts";
import { createProjectPaths } from "../adapters/repository/project-paths.ts";
import type { AppPorts } from "../app/app-ports.ts";
import { repositoryOf } from "./find-project.ts";
import { PLAN_VARIABLES, type PlanContext } from "../ports/plan-context.ts";

interface Place {
  /** Absolute path of the project. */
  readonly root: string;
  /** Where paths that a person gives start. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is asked about plans, over the project's files. */
export const planPorts = ({
  root,
  cwd,
  env,
}: Place): Pick<
  AppPorts,
  "planFiles" | "planContext" | "projectPaths" | "commitLog" | "fileWatch" | "otherRepository"
> => ({
  ...readingPorts({ root, cwd, env }),
  otherRepository(given) {
    const otherRoot = repositoryOf(path.resolve(cwd, given), root);
    return otherRoot === undefined
      ? undefined
      : { otherRoot, ...readingPorts({ root: otherRoot, cwd, env }) };
  },
});

const readingPorts = ({ root, cwd, env }: Place) => ({
  planFiles: createPlanFiles({ root, cwd }),
  planContext: planContext({ root, cwd, env }),
  projectPaths: createProjectPaths({ root }),
  commitLog: createCommitLog({ root }),
  fileWatch: createFileWatch({ root }),
});

const planContext = ({ root, env }: Place): PlanContext => ({
  variables: Object.fromEntries(
    PLAN_VARIABLES.flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  ),
  inProject(given) {
    const inside = path.relative(root, followed(path.resolve(root, given)));
    if (inside === ".." || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside))
      return undefined;
    return inside.split(path.sep).join("/");
  },
  branch: () => headBranch(root),
  localTime: (iso) => new Date(iso).toLocaleString(),
});

/** The path without links, as far as it is there. */
function followed(absolute: string): string {
  try {
    return realpathSync(absolute);
  } catch {
    return absolute;
  }
}
