import { pathMentionsIn } from "../plan/resources/path-mentions.ts";
import { distinct } from "./ids-in.ts";

/**
 * Paths of files of the project that a text names surely enough to look for them: in a code span of their own, or with a folder.
 * No patterns, nothing above the project, no aliases.
 */
export const filesNamedIn = (text: string): readonly string[] =>
  distinct(
    pathMentionsIn(text)
      .filter(({ kind, base }) => kind === "file" && base === "project")
      .filter(({ form, path }) => form === "code" || path.includes("/"))
      .map(({ path }) => path),
  );
