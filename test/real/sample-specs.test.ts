/** Real specifications, planned to the gate by the built-in agents; skipped where they don't lie beside the project. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";

const SAMPLES = path.resolve("../shared/samples/spec-kit");
const specs = existsSync(SAMPLES)
  ? readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "spec.md")
      .toSorted()
  : [];
const absent = specs.length === 0;

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-samples-"));
const project = path.join(folder, "project");
let app: ReturnType<typeof openApp>;

beforeAll(() => {
  chmodSync(folder, 0o755);
  mkdirSync(path.join(project, ".wavegate"), { recursive: true });
  app = openApp({
    cwd: project,
    env: { ...process.env, WAVEGATE_HOME: path.join(folder, "home") },
  });
});

afterAll(async () => {
  await app.close();
  if (!absent) await app.database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ids that a list item, heading or table row of the text defines, found without our reader. */
function definedIds(text: string): readonly string[] {
  const defined = text.matchAll(/^[\s>*+-]*(?:\|\s*)?\*\*((?:FR|SC)-\d+[a-z]?)\*\*/gm);
  return [...new Set([...defined].map(([, id = ""]) => id))];
}

test.skipIf(absent)(
  `${specs.length} real specs reach their gate with every id accounted for (skipped without ../shared/samples)`,
  async () => {
    let reached = 0;
    for (const [index, spec] of specs.entries()) {
      const text = readFileSync(path.join(SAMPLES, spec), "utf8");
      const name = `specs/${String(index).padStart(3, "0")}`;
      mkdirSync(path.join(project, name), { recursive: true });
      writeFileSync(path.join(project, name, "spec.md"), text);
      const ids = definedIds(text);
      if (ids.length === 0) {
        continue;
      }
      const { runId } = await app.plan({ spec: name });
      const view = await app.settled(runId);
      const plan = (await app.proposal(runId)).find((artifact) => artifact.name === "plan.md");
      const missing = ids.filter((id) => !new RegExp(`\\b${id}\\b`).test(plan?.content ?? ""));
      expect({ spec, status: view.record.status, missing }).toEqual({
        spec,
        status: "waiting",
        missing: [],
      });
      reached += 1;
    }
    expect(reached).toBeGreaterThanOrEqual(20);
  },
);
