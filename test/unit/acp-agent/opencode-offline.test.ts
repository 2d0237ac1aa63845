import { expect, test } from "vitest";
import { resolveAcpDefinition } from "../../../src/stage/agents/acp/definition.ts";

const offline = (more: object) =>
  resolveAcpDefinition({ kind: "acp", name: "it", acp: "opencode", ...more }).env[
    "npm_config_offline"
  ];

test("opencode asks npm for nothing when it starts, unless npx has to fetch it or its user wants that", () => {
  expect(offline({})).toBe("true");
  expect(offline({ npx: true })).toBe("false");
  expect(offline({ env: { npm_config_offline: "false" } })).toBe("false");
  expect(offline({ npx: true, env: { npm_config_offline: "true" } })).toBe("true");
});
