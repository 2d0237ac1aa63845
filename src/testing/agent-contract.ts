import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { mkdtemp, mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Usage } from "../core/event.ts";
import type { Json } from "../core/json.ts";
import type { Agent, AgentOutcome, AgentRequest } from "../ports/agent.ts";

/** `describe` and `test` of vitest, node:test, jest, …: this suite depends on none of them. */
export interface TestApi {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>) => void;
}

/** An agent under test, in the states the suite needs it in. */
export interface AgentSubject {
  readonly name: string;
  /** An agent that answers the request made with `request`. */
  readonly answering: () => Agent;
  /** What of the request it needs to answer: inputs, prompt, role. */
  readonly request?: Partial<AgentRequest>;
  /** The value it must answer with, if that is known. */
  readonly expected?: Json;
  /** An agent that never answers by itself, if it can be made not to. */
  readonly hanging?: () => Agent;
  /** Whether it keeps the request's limits by the clock. */
  readonly keepsTime: boolean;
}

const LIMITS = { timeoutMs: 60_000, stallMs: 60_000, maxOutputBytes: 8 * 1024 * 1024 };

/** What every adapter of the agent port must do (`src/ports/agent.ts`), as tests. */
export function agentContract(subject: AgentSubject, { describe, test }: TestApi): void {
  describe(`${subject.name} keeps the contract of agents`, () => {
    answerTests(subject, test);
    endTests(subject, test);
  });
}

function answerTests(subject: AgentSubject, test: TestApi["test"]): void {
  test("an answer is plain JSON, with usage that is known or said to be unknown", () =>
    withRequest(subject, async (request) => {
      const outcome = await subject.answering().run(request);
      assert.ok(outcome.ok, describeFailure(outcome));
      const { value, usage, outputBytes } = outcome.value;
      assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
      if (subject.expected !== undefined) assert.deepEqual(value, subject.expected);
      assertUsage(usage);
      assert.ok(Number.isSafeInteger(outputBytes) && outputBytes > 0);
    }));

  test("lines of progress are inert, short and single", () =>
    withRequest(subject, async (request) => {
      const lines: string[] = [];
      await subject.answering().run({ ...request, onLine: (line) => lines.push(line) });
      for (const line of lines) assert.match(line, /^[^\p{Cc}\n]{0,200}$/u);
    }));

  test("calls at the same time do not get in each other's way", () =>
    withRequest(subject, (first) =>
      withRequest(subject, async (second) => {
        const agent = subject.answering();
        const outcomes = await Promise.all([agent.run(first), agent.run(second)]);
        assert.deepEqual(
          outcomes.map((outcome) => outcome.ok),
          [true, true],
        );
      }),
    ));

  test("it writes into its output folder and nowhere else", () =>
    withRequest(subject, async (request) => {
      await subject.answering().run(request);
      assert.deepEqual(await readdir(request.cwd), []);
    }));

  test("it can say what it is", async () => {
    const agent = subject.answering();
    const { name, summary, availability } = await agent.describe();
    assert.equal(name, agent.name);
    assert.notEqual(summary, "");
    assert.ok(availability.available ? availability.version !== "" : availability.hint !== "");
  });
}

function endTests(subject: AgentSubject, test: TestApi["test"]): void {
  test("a call that is canceled before it begins does nothing", () =>
    withRequest(subject, async (request) => {
      const outcome = await subject.answering().run({ ...request, signal: AbortSignal.abort() });
      assert.equal(kindOf(outcome), "canceled");
    }));

  test("no listener is left on the signal", () =>
    withRequest(subject, async (request) => {
      await subject.answering().run(request);
      assert.equal(getEventListeners(request.signal, "abort").length, 0);
    }));

  const { hanging } = subject;
  if (hanging === undefined) return;
  test("a call that is canceled while it runs ends as canceled", () =>
    withRequest(subject, async (request) => {
      const cancel = new AbortController();
      const running = hanging().run({ ...request, signal: cancel.signal });
      setImmediate(() => cancel.abort());
      assert.equal(kindOf(await running), "canceled");
      assert.equal(getEventListeners(cancel.signal, "abort").length, 0);
    }));

  if (!subject.keepsTime) return;
  test("a call that takes too long ends as timed out", () =>
    withRequest(subject, async (request) => {
      const limits = { ...LIMITS, timeoutMs: 100 };
      assert.equal(kindOf(await hanging().run({ ...request, limits })), "timeout");
    }));

  test("a call that is silent too long ends as stalled", () =>
    withRequest(subject, async (request) => {
      const limits = { ...LIMITS, stallMs: 100 };
      assert.equal(kindOf(await hanging().run({ ...request, limits })), "stalled");
    }));
}

const kindOf = (outcome: AgentOutcome): string => (outcome.ok ? "answered" : outcome.error.kind);

const describeFailure = (outcome: AgentOutcome): string =>
  outcome.ok ? "" : `${outcome.error.kind}: ${outcome.error.message}`;

function assertUsage(usage: Usage): void {
  for (const part of [usage.inputTokens, usage.outputTokens, usage.costUsd])
    assert.ok(part === "unknown" || (Number.isFinite(part) && part >= 0), `usage ${part}`);
}

/** A request with an empty folder to run in and one for the output, both gone afterwards. */
async function withRequest(
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
