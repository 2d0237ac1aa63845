/** The three stages one after the other on the shipped example, with the rules of what each works from (WF-01, PR-02; S1 §10.1). */
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, gateIn } from "./cli-harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SPEC = "specs/001-lend-tools";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
  cpSync(path.join(ROOT, "examples/tool-library"), cli.project, { recursive: true });
});
afterAll(() => cli.close());

const file = (name: string) => path.join(cli.project, SPEC, name);
const text = (name: string) => readFileSync(file(name), "utf8");

/** Run a stage to its gate and approve it. */
async function pass(
  stage: "plan" | "prepare" | "review",
  flags: readonly string[] = [],
): Promise<void> {
  const ran = await cli.run([stage, SPEC, ...flags]);
  expect(ran.code).toBe(4);
  const { run, digest } = gateIn(ran);
  // Whoever goes on without deciding is told what there is to decide on.
  if (stage === "plan")
    expect((await cli.run(["prepare", SPEC, "--json"])).stdout).toContain(`wavegate show ${run}`);
  expect(await cli.run(["approve", run, "--digest", digest])).toMatchObject({ code: 0 });
}

const refused = async (stage: "prepare" | "review") => {
  const { code, stdout } = await cli.run([stage, SPEC, "--json"]);
  const { error } = JSON.parse(stdout) as {
    error: { code: string; diagnostics: readonly { code: string; place: { file: string } }[] };
  };
  expect([code, error.code]).toEqual([1, "STAGE_INPUTS_UNMET"]);
  return error.diagnostics.map((each) => `${each.code} ${path.basename(each.place.file)}`);
};

test("plan, prepare, review: each works from what was approved before, and only from that", async () => {
  expect(await refused("prepare")).toEqual([
    "INPUT_MISSING plan.md",
    "INPUT_MISSING planning-summary.md",
  ]);
  expect(await refused("review")).toEqual(["INPUT_MISSING plan.md"]);

  await pass("plan");
  const [plan, spec] = [text("plan.md"), text("spec.md")];
  appendFileSync(file("plan.md"), "\nA line of my own.\n");
  expect(await refused("prepare")).toEqual(["INPUT_CHANGED plan.md"]);
  writeFileSync(file("plan.md"), plan);
  appendFileSync(file("spec.md"), "\n- Renting out tools\n");
  expect(await refused("prepare")).toEqual([
    "INPUT_OUTDATED plan.md",
    "INPUT_OUTDATED planning-summary.md",
  ]);
  writeFileSync(file("spec.md"), spec);

  await pass("prepare");
  const prepared = text("implementation_plan.md");
  for (const id of new Set(spec.match(/\b(?:FR|SC)-\d+/g))) expect(prepared).toContain(id);
  expect(prepared).toMatch(/^- \[ \] 1\.1 /m);

  await pass("review", ["--html", "--security-scan"]);
  expect(text("quality_report.md")).toContain("**Fix first**");
  expect(text("quality_report.md")).toContain("not audited: nobody asked for it");
  expect(text("coverage_report.html")).toContain('<th scope="row">FR-001</th>');
  expect(JSON.parse(text("security_scan.json"))).toMatchObject({ audit: { done: false } });
});

test("a file that nobody approved is not taken for the plan", async () => {
  const mine = path.join(cli.project, "specs/mine");
  cpSync(path.join(ROOT, "examples/tool-library", SPEC), mine, { recursive: true });
  for (const name of ["plan.md", "planning-summary.md"])
    writeFileSync(path.join(mine, name), "# A plan of my own\n");
  const { code, stderr } = await cli.run(["prepare", "specs/mine"]);
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining("plan.md was not approved at the gate"),
  ]);
  rmSync(mine, { recursive: true });
});
