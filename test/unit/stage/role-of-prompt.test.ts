import { expect, test } from "vitest";
import { BUILT_IN_STAGES } from "../../../src/stage/built-in/stages.ts";
import { buildPrompt, buildRepairPrompt } from "../../../src/stage/prompts.ts";
import { roleOfPrompt } from "../../../src/testing/small-planning.ts";

test("the role of every built-in prompt can be told from its text, also when it asks for a repair", () => {
  for (const stage of Object.values(BUILT_IN_STAGES))
    for (const role of [...stage.roles, stage.reviewer, stage.synthesizer, stage.qa]) {
      const inputs = { "spec.md": "# Lead Reviewer" };
      const prompt = buildPrompt({
        stage: stage.name,
        feature: "x",
        role,
        inputs,
        schema: {},
        failures: [],
      });
      expect(roleOfPrompt(prompt, stage)).toBe(role.name);
      expect(roleOfPrompt(buildRepairPrompt(prompt, "{}", ["x"]), stage)).toBe(role.name);
    }
  expect(roleOfPrompt("# Gardener")).toBeUndefined();
});
