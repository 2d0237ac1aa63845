/** The scripted agent of the Agent Client Protocol, and attempts with it in folders of their own. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { createAcpAgent, type AcpAgentOptions } from "../../src/adapters/agents/acp/acp-agent.ts";
import type { AgentRequest } from "../../src/ports/agent.ts";
import type { AcpAgentDefinition } from "../../src/stage/agents/acp/definition.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../fixtures/acp-agent.mjs");

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

export type Script = Readonly<Record<string, unknown>>;

export const acpCommand = (script: Script): readonly [string, ...string[]] => [
  process.execPath,
  PROGRAM,
  JSON.stringify(script),
];

/** What the agent wrote down of what it was asked and told, oldest first. */
export type Note = Readonly<Record<string, unknown>>;

export function acpFixture() {
  const root = mkdtempSync(path.join(tmpdir(), "wavegate-acp-test-"));
  roots.push(root);
  const project = path.join(root, "project");
  mkdirSync(project);
  const log = path.join(root, "agent.log");
  let attempts = 0;
  return {
    root,
    project,
    log,
    agent: (
      script: Script,
      definition: Partial<AcpAgentDefinition> = {},
      options: Partial<AcpAgentOptions> = {},
    ) =>
      createAcpAgent(
        { kind: "acp", name: "tester", acp: acpCommand({ log, ...script }), ...definition },
        { env: { PATH: process.env["PATH"] }, graceMs: 300, ...options },
      ),
    notes: (): readonly Note[] =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trim()
            .split("\n")
            .map((line): Note => JSON.parse(line))
        : [],
    request: (more: Partial<AgentRequest> = {}): AgentRequest & { readonly lines: string[] } => {
      attempts += 1;
      const outputFolder = path.join(root, `attempt-${attempts}`);
      mkdirSync(outputFolder);
      const lines: string[] = [];
      return {
        runId: "run-1",
        stage: "planning",
        role: "requirements",
        task: "analysis",
        contract: "analysis_report",
        prompt: "Analyse it.",
        inputs: {},
        schema: { type: "object" },
        cwd: project,
        outputFolder,
        limits: { timeoutMs: 30_000, stallMs: 30_000, maxOutputBytes: 8 * 1024 * 1024 },
        signal: new AbortController().signal,
        onLine: (line) => lines.push(line),
        lines,
        ...more,
      };
    },
    transcript: (request: AgentRequest): readonly Note[] =>
      readFileSync(path.join(request.outputFolder, "transcript.jsonl"), "utf8")
        .trim()
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Note => JSON.parse(line)),
  };
}
