import { describe, test } from "vitest";
import { createMemoryPlanFiles } from "../../../../src/testing/memory-plan-files.ts";
import { planFilesContract } from "../../../../src/testing/plan-files-contract.ts";

describe("plans in memory", () => {
  planFilesContract(test, async () => {
    const disk = new Map<string, string>();
    return {
      files: createMemoryPlanFiles(disk),
      put: async (path, text) => void disk.set(path, text),
      text: async (path) => disk.get(path),
      close: async () => {},
    };
  });
});
