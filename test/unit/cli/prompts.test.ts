import { expect, test } from "vitest";
import { goodAnswer, SMALL_SPEC } from "../../../src/testing/small-planning.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness, digestIn } from "./harness.ts";

const FILE = "wavegate/prompts/planning/synthesizer.md";

/** A project with a configuration; what its agents are told is taken down. */
function project() {
  const told: { readonly role: string; readonly prompt: string }[] = [];
  const harness = createHarness((request) => {
    told.push({ role: request.role, prompt: request.prompt });
    return goodAnswer(request);
  });
  harness.disk.set("wavegate.config.yaml", "version: 1\n");
  return { ...harness, told };
}

test("prompts list: every role, and where what it is told comes from", async () => {
  const { run, disk } = project();
  disk.set("wavegate/prompts/planning/risk.md", "Look at {feature}.");
  disk.set("wavegate.config.yaml", "stages: { planning: { qa: { prompt: Mine } } }");
  const listed = await run(["prompts", "list"]);
  expect(listed.code).toBe(0);
  expect(listed.stdout).toBe(golden("prompts-list.txt", listed.stdout));
  const { stdout } = await run(["prompts", "list", "--json"]);
  expect(JSON.parse(stdout).prompts).toContainEqual(
    expect.objectContaining({
      stage: "planning",
      role: "risk",
      task: "Look at {feature}.",
      source: { kind: "file", place: { file: "wavegate/prompts/planning/risk.md" } },
    }),
  );
});

test("prompts show: the task alone, or whole on a specification; nobody is asked and nothing written", async () => {
  const { run, disk, told } = project();
  const before = [...disk.keys()];
  const alone = await run(["prompts", "show", "risk"]);
  expect(alone.stdout).toContain('Assess the risks of "{feature}"');
  expect(alone.stdout).not.toMatch(/^-----BEGIN DATA/m);
  const whole = await run(["prompts", "show", "planning/qa", "specs/001/spec.md", "--json"]);
  const shown = JSON.parse(whole.stdout);
  expect(shown.prompt).toContain(SMALL_SPEC);
  expect(shown.notYet).toEqual([
    "artifacts/plan.md",
    "artifacts/planning-summary.md",
    "review.json",
    "checks.json",
  ]);
  expect(told).toEqual([]);
  expect([...disk.keys()]).toEqual(before);
  expect(await run(["prompts", "show", "reviewer"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("planning/reviewer"),
  });
  expect((await run(["prompts", "show", "riks"])).stderr).toContain("Did you mean risk?");
});

test("prompts eject: writes what holds, once; what is there or set stays", async () => {
  const { run, disk } = project();
  disk.set("wavegate.config.yaml", "stages: { planning: { qa: { prompt: Mine } } }");
  const first = await run(["prompts", "eject", "planning"]);
  expect(first.stdout).toContain(`${FILE}: written\n`);
  expect(first.stdout).toContain("planning/qa.md: set in the configuration\n");
  expect(disk.get("wavegate/prompts/planning/risk.md")).toMatch(
    /^Assess the risks of[^]*apply\.\n$/,
  );
  disk.set(FILE, "Write it.\n");
  const again = await run(["prompts", "eject", "planning/synthesizer"]);
  expect(again.stdout).toBe(`${FILE}: already there\n`);
  expect(disk.get(FILE)).toBe("Write it.\n");
});

test("a run goes on with the texts it began with, and another text asks anew", async () => {
  const { run, disk, told } = project();
  const synthesizers = () => told.filter(({ role }) => role === "synthesizer");
  disk.set(FILE, "Write version one for {feature}.");
  const first = await run(["plan", "specs/001/spec.md"]);
  expect(first.code).toBe(4);
  disk.set(FILE, "Write version two for {feature}.");
  const digest = digestIn(first.stdout);
  const changed = await run(["modify", "--digest", digest, "--text", "Shorter."]);
  expect(changed.code).toBe(4);
  expect(synthesizers().map(({ prompt }) => /version \w+/.exec(prompt)?.[0])).toEqual([
    "version one",
    "version one",
  ]);
  told.length = 0;
  await run(["plan", "specs/001/spec.md"]);
  // Earlier answers count again, but of whoever is told something else.
  expect(told.map(({ role }) => role)).toEqual(["synthesizer"]);
  expect(told[0]?.prompt).toContain("version two");
});
