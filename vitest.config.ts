import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
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
