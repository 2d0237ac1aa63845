import { realpath } from "node:fs/promises";
import type { ProjectPaths } from "../../ports/project-paths.ts";
import { gitFiles } from "./git-files.ts";
import { walkFiles } from "./walk-files.ts";

const MAX_FILES = 50_000;

/**
 * The names of a project's files: through git where it is there, else by walking.
 *
 * @param root absolute path of the project
 */
export function createProjectPaths({ root }: { readonly root: string }): ProjectPaths {
  return {
    async list() {
      const real = await realpath(root);
      const asked = await gitFiles(real);
      const paths = asked.ok ? asked.value : (await walkFiles(real, MAX_FILES)).paths;
      return paths.slice(0, MAX_FILES);
    },
  };
}
