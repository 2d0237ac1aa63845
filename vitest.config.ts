import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
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
          sequence: { groupOrder: 1 },
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
