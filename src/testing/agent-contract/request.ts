import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AgentOutcome, AgentRequest } from "../../ports/agent.ts";
import type { AgentSubject } from "./subject.ts";

export const LIMITS = { timeoutMs: 60_000, stallMs: 60_000, maxOutputBytes: 8 * 1024 * 1024 };

const PATIENCE_MS = 8_000;

/** A request with an empty folder to run in and one for the output, both gone afterwards. */
export async function withRequest(
  subject: AgentSubject,
  use: (request: AgentRequest) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "wavegate-agent-contract-"));
  try {
    const [cwd, outputFolder] = [path.join(folder, "project"), path.join(folder, "output")];
    await Promise.all([mkdir(cwd), mkdir(outputFolder)]);
    await use({
      runId: "run-1",
      stage: "planning",
      role: "requirements",
      task: "analysis",
      contract: "requirements_dossier",
      prompt: "Answer with a JSON object.",
      inputs: {},
      schema: { type: "object" },
      cwd,
      outputFolder,
      limits: LIMITS,
      signal: new AbortController().signal,
      onLine: () => {},
      ...subject.request,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How a call that must end by now ended. One that hangs fails the test in seconds. */
export async function kindOf(
  { patienceMs = PATIENCE_MS }: AgentSubject,
  running: Promise<AgentOutcome>,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new assert.AssertionError({ message: `the call did not end within ${patienceMs} ms` }),
      );
    }, patienceMs);
  });
  try {
    const outcome = await Promise.race([running, hangs]);
    return outcome.ok ? "answered" : outcome.error.kind;
  } finally {
    clearTimeout(timer);
  }
}

export const describeFailure = (outcome: AgentOutcome): string =>
  outcome.ok ? "" : `${outcome.error.kind}: ${outcome.error.message}`;
