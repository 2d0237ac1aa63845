import { globMatcher } from "../plan/resources/glob.ts";
import type { ResourceUse } from "../plan/resources/model.ts";

/** Which paths a task may change. */
export interface WriteBounds {
  /** As the plan declares them, for people. */
  readonly words: readonly string[];
  readonly allows: (path: string) => boolean;
}

/** Single files among what the plan declares in fields of its own: whoever writes one of them leaves it there, or deletes it. */
export const declaredFiles = (uses: readonly ResourceUse[]): readonly string[] =>
  uses.flatMap(({ sure, access, kind, vague, resource }) =>
    sure && access === "write" && kind === "file" && vague !== true ? [resource] : [],
  );

/**
 * What the plan declares in fields of its own that the task writes. Undefined where it declares nothing: paths that its text only
 * mentions are guesses, and bind nobody.
 */
export function writeBounds(uses: readonly ResourceUse[]): WriteBounds | undefined {
  const written = uses.filter(
    ({ sure, access, kind, vague }) =>
      sure && access === "write" && kind !== "other" && vague !== true,
  );
  if (written.length === 0) return undefined;
  const tests = written.map(({ kind, resource }): ((path: string) => boolean) => {
    if (kind === "folder") return (path) => path.startsWith(resource);
    return kind === "glob" ? globMatcher(resource) : (path) => path === resource;
  });
  return {
    words: written.map(({ resource }) => resource),
    allows: (path) => tests.some((test) => test(path)),
  };
}
