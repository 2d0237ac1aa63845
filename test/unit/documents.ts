import { createHash } from "node:crypto";
import { WavegateError } from "../../src/core/error.ts";
import { err, ok } from "../../src/core/result.ts";
import type { Documents } from "../../src/ports/documents.ts";

/** The documents of a project whose files are in memory. */
export const documentsOf = (disk: ReadonlyMap<string, string>): Documents => {
  const document = (path: string) => {
    const content = disk.get(path);
    if (content === undefined) return undefined;
    const digest = createHash("sha256").update(content).digest("hex");
    return { path, digest, bytes: new TextEncoder().encode(content) };
  };
  return {
    async named(path) {
      const found = document(path);
      return found
        ? ok(found)
        : err(
            new WavegateError("SPEC_NOT_FOUND", `There is no ${path}.`, {
              hint: "Look for it.",
              place: { file: path },
            }),
          );
    },
    async optional(path) {
      const found = document(path);
      return found && ok(found);
    },
    list: async () => [],
  };
};
