import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createBuiltinAgent } from "../../../src/adapters/agents/builtin/builtin-agent.ts";
import type { AgentRequest } from "../../../src/ports/agent.ts";
import { riskAssessment } from "../../../src/stage/contracts/planning.ts";
import { LIBRARY } from "./own-specs.ts";

const folder = mkdtempSync(path.join(tmpdir(), "builtin-"));
afterAll(() => rmSync(folder, { recursive: true }));

const request = (changes: Partial<AgentRequest>): AgentRequest => ({
  runId: "r1",
  stage: "planning",
  role: "risk",
  task: "analysis",
  contract: "risk_assessment",
  prompt: "",
  inputs: { "spec.md": LIBRARY },
  schema: {},
  cwd: folder,
  outputFolder: folder,
  limits: { timeoutMs: 1000, stallMs: 1000, maxOutputBytes: 1_000_000 },
  signal: new AbortController().signal,
  onLine: () => {},
  ...changes,
});

test("answers by its rules, at no cost, and leaves the answer on disk", async () => {
  const lines: string[] = [];
  const outcome = await createBuiltinAgent().run(request({ onLine: (line) => lines.push(line) }));
  if (!outcome.ok) throw new Error(outcome.error.message);
  expect(riskAssessment.safeParse(outcome.value.value).success).toBe(true);
  expect(outcome.value.usage).toEqual({ inputTokens: 0, outputTokens: 0, costUsd: 0 });
  const written = readFileSync(path.join(folder, "answer.json"), "utf8");
  expect(JSON.parse(written)).toEqual(outcome.value.value);
  expect(Buffer.byteLength(written)).toBe(outcome.value.outputBytes);
  expect(lines.join("\n")).toMatch(/6 requirements, 3 stories[\s\S]*risks, highest/);
});

test("a stage that it cannot lead is refused by name", async () => {
  const outcome = await createBuiltinAgent().run(
    request({ stage: "poetry", task: "review", contract: "review_summary" }),
  );
  expect(outcome).toMatchObject({
    ok: false,
    error: {
      kind: "refused",
      message: expect.stringMatching(/review_summary.*"poetry"/),
    },
  });
});

test("a canceled request does no work", async () => {
  const outcome = await createBuiltinAgent().run(request({ signal: AbortSignal.abort() }));
  expect(outcome).toMatchObject({ ok: false, error: { kind: "canceled" } });
});

test("an output folder that is gone is a failure, not a throw", async () => {
  const outcome = await createBuiltinAgent().run(
    request({ outputFolder: path.join(folder, "gone") }),
  );
  expect(outcome).toMatchObject({ ok: false, error: { kind: "crashed" } });
});
