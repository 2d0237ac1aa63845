import { expect, test } from "vitest";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import type { Answers } from "../workflows/stage-fixture.ts";
import { createHarness, digestIn } from "./harness.ts";

const CONFIG = `stages:
  threat-model:
    title: Threat model
    roles:
      attacker: { title: Attacker, agent: mine, contract: analysis_report, prompt: "Attack {feature}" }
    reviewer: { agent: mine }
    synthesizer: { agent: mine }
    qa: { agent: mine }
    artifacts: [{ name: threats.md, sections: [Threats] }]
    gate: { prompt: Threats found. Go on?, reviewers: [grace] }
    closing: { message: Threats are known, next-steps: [Close them] }
`;

const answers: Answers = (request) => {
  if (request.contract === "analysis_report")
    return { analysis_report: { summary: "Nobody checks who pays." } };
  if (request.contract === "synthesis")
    return {
      artifacts: {
        "threats.md": "# Threats\n\n## Threats\n\nA child pays itself (FR-001).\n".replaceAll(
          "\\\n",
          "\n",
        ),
      },
    };
  return goodAnswer(request);
};

test("a stage of one's own runs by its name, and who may decide there is held", async () => {
  const { run, disk, audit } = createHarness(answers);
  disk.set("wavegate.config.yaml", CONFIG);
  const unknown = await run(["run-stage", "threat-modle", "specs/001/spec.md"]);
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean threat-model?"),
  });
  const started = await run(["run-stage", "threat-model", "specs/001/spec.md"]);
  expect(started).toMatchObject({
    code: 4,
    stdout: expect.stringContaining("Threats found. Go on?"),
  });
  const digest = digestIn(started.stdout);
  expect(started.stdout).toContain("\n decide grace\n");
  const shown = await run(["show", "run1", "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ run: { reviewers: ["grace"] } });

  const decide = [
    ["approve", "run1", "--digest", digest],
    ["reject", "run1", "--digest", digest, "--reason", "no"],
    ["modify", "run1", "--digest", digest, "--text", "more"],
  ];
  for (const args of decide) {
    const refused = await run(args);
    expect(refused.code).toBe(1);
    expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain(
      "GATE_NOT_REVIEWER: ada may not decide at the gate of threat-model: wavegate.config.yaml names grace.",
    );
  }
  expect([audit.length, disk.has("specs/001/threats.md")]).toEqual([0, false]);

  // A configuration that is broken names nobody, and lets nobody pass.
  disk.set("wavegate.config.yaml", `${CONFIG}oops: 1\n`);
  expect(await run(decide[0] ?? [], { user: "grace" })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("CONFIG_INVALID"),
  });
  disk.set("wavegate.config.yaml", CONFIG);
  const approved = await run(decide[0] ?? [], { user: "grace" });
  expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining("Threats are known") });
  expect(disk.get("specs/001/threats.md")).toContain("A child pays itself");
  expect(audit[0]).toMatchObject({ actor: "grace", action: "approve" });
});
