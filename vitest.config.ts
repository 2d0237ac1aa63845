import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          exclude: ["test/unit/**/*.counted.test.ts"],
          setupFiles: ["test/seed.ts"],
          sequence: { groupOrder: 0 },
          // Nothing here is timed; a busy machine must not fail a property.
          testTimeout: 60_000,
          pool: "threads",
          isolate: false,
        },
      },
      {
        test: {
          // Each file in a worker of its own: what is counted is compiled while it counts (test/unit/plan/steps.ts).
          name: "counted",
          include: ["test/unit/**/*.counted.test.ts"],
          setupFiles: ["test/unit/plan/steps.ts", "test/seed.ts"],
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          pool: "threads",
          isolate: true,
        },
      },
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts"],
          setupFiles: ["test/seed.ts"],
          globalSetup: ["test/real/built-program.ts"],
          sequence: { groupOrder: 1 },
          pool: "forks",
          // They wait for processes, servers and disks half of their time, so that twice as many as cores keep two of them busy.
          maxWorkers: 4,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
