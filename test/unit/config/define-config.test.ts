import { expect, test } from "vitest";
import { defineConfig, type ConfigInput } from "../../../src/stage/config/define-config.ts";
import { configFile } from "../../../src/stage/config/config-schema.ts";

test("the type for TypeScript configurations takes what the schema takes, as it is written", () => {
  const right = defineConfig({
    agents: { claude: { preset: "claude", summary: "mine" } },
    stages: { planning: { timeouts: { agent: "30s" }, roles: { risk: { agent: "claude" } } } },
    limits: { agents: 3 },
  } satisfies ConfigInput);
  expect(configFile.safeParse(right).success).toBe(true);
});

test("and refuses what the schema refuses", () => {
  const wrong = [
    // @ts-expect-error: not a number
    defineConfig({ limits: { agents: "3" } }),
    // @ts-expect-error: a duration is text with its unit
    defineConfig({ stages: { planning: { timeouts: { agent: 30 } } } }),
    // @ts-expect-error: no such key
    defineConfig({ agentz: {} }),
    // @ts-expect-error: no such preset
    defineConfig({ agents: { a: { preset: "cluade" } } }),
  ];
  for (const config of wrong) expect(configFile.safeParse(config).success).toBe(false);
});
