/** The adapter of the Agent Client Protocol, with agents that ask, misbehave, hang and die. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Transform } from "node:stream";
import { afterAll, describe, expect, test, vi } from "vitest";
import { createAcpAgent } from "../../src/adapters/agents/acp/acp-agent.ts";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import type { AgentOutcome } from "../../src/ports/agent.ts";
import { agentContract } from "../../src/testing/agent-contract.ts";
import { noSandbox, sandboxIn } from "./sandbox-fixture.ts";
import { acpCommand, acpFixture, type Note, type Script } from "./acp-agent-fixture.ts";

const GOOD = {
  analysis_report: {
    summary: "Fine.",
    findings: [],
    recommendations: [],
    open_questions: [],
    unknowns: [],
  },
};
const SUBMIT = [{ submit: GOOD }];

const failureOf = (outcome: AgentOutcome) => {
  if (outcome.ok) throw new Error("it answered");
  return outcome.error;
};
const started = (notes: readonly Note[]) => notes.flatMap(({ started: pid }) => Number(pid) || []);
const alive = (pids: readonly number[]) =>
  pids.filter((pid) => {
    const info = processInfo(pid);
    return info !== undefined && !info.zombie;
  });

const ask = (title: string, kind: string, file?: string) => ({
  ask: { title, kind, ...(file && { locations: [{ path: file }] }) },
});

describe("what an agent asks", () => {
  test("is answered by the policy, at once, shown and kept", async () => {
    const { agent, request, notes, project } = acpFixture();
    const asked = request();
    const own = path.join(asked.outputFolder, "work", "notes.md");
    await agent({
      steps: [
        ask("Read spec", "read", path.join(project, "spec.md")),
        ask("Read passwd", "read", "/etc/passwd"),
        ask("npm test", "execute"),
        ask("mcp__wavegate__submit_result", "other"),
        ask("rm -rf / # submit_result", "execute"),
        {
          tool: {
            toolCallId: "t",
            title: "mcp.wavegate.submit_result",
            kind: "execute",
            rawInput: { server: "wavegate", tool: "submit_result" },
          },
        },
        { ask: { kind: "execute" } },
        { tool: { toolCallId: "t", title: "Edit app" } },
        ask("Edit app", "edit", path.join(project, "app.ts")),
        ask("Edit notes", "edit", own),
        ask("Edit nothing named", "edit"),
        {
          ...ask("Read spec for ever", "read", "spec.md"),
          options: [{ optionId: "a", name: "A", kind: "allow_always" }],
        },
        ...SUBMIT,
      ],
    }).run(asked);
    const answers = notes()
      .filter(({ answer }) => answer)
      .map(({ asked: title, answer }) => [title, answer]);
    const yes = { outcome: "selected", optionId: "yes" };
    const no = { outcome: "selected", optionId: "no" };
    expect(answers).toEqual([
      ["Read spec", yes],
      ["Read passwd", no],
      ["npm test", no],
      ["mcp__wavegate__submit_result", yes],
      ["rm -rf / # submit_result", no],
      [undefined, yes],
      ["Edit app", no],
      ["Edit notes", yes],
      ["Edit nothing named", no],
      ["Read spec for ever", { outcome: "cancelled" }],
    ]);
    expect(asked.lines).toContain("denied: npm test (permissions: execute is denied)");
  });

  test("can be allowed by the configuration; what was denied is named when nothing came of it", async () => {
    const { agent, request, notes } = acpFixture();
    const steps = [{ ask: { title: "npm test", kind: "execute" } }];
    const allowed = await agent({ steps }, { permissions: { execute: "allow" } }).run(request());
    expect(notes().find(({ asked }) => asked)).toMatchObject({ answer: { optionId: "yes" } });
    expect(failureOf(allowed).kind).toBe("invalid-output");
    expect(failureOf(await agent({ steps }).run(request()))).toMatchObject({
      kind: "refused",
      message: "tester ended its turn without a result; it was denied: npm test",
    });
  });

  test("files are read in the project and written in the attempt's own folder, and nowhere by a link", async () => {
    const { agent, request, notes, project, root } = acpFixture();
    const asked = request();
    const own = path.join(asked.outputFolder, "work");
    writeFileSync(path.join(project, "spec.md"), "one\ntwo\nthree\n");
    writeFileSync(path.join(root, "secret"), "s");
    symlinkSync(path.join(root, "secret"), path.join(project, "link"));
    mkdirSync(own);
    symlinkSync(root, path.join(own, "out"));
    symlinkSync(path.join(root, "gone"), path.join(own, "dangling"));
    await agent({
      steps: [
        { read: path.join(project, "spec.md") },
        { read: path.join(project, "spec.md"), part: { line: 2, limit: 1 } },
        { read: path.join(project, "link") },
        { read: path.join(project, "../secret") },
        { read: path.join(project, "none") },
        { write: path.join(own, "deep/er/notes.md"), content: "hello" },
        { write: path.join(own, "out/evil") },
        { write: path.join(own, "dangling") },
        { write: path.join(project, "app.ts") },
        { write: path.join(asked.outputFolder, "attempt.json") },
        ...SUBMIT,
      ],
    }).run(asked);
    const said = notes();
    expect(said.filter(({ read }) => read).map(({ content, error }) => content ?? error)).toEqual([
      "one\ntwo\nthree\n",
      "two",
      expect.stringMatching(/only files of the project/),
      expect.stringMatching(/only files of the project/),
      expect.stringMatching(/no such file/),
    ]);
    expect(said.filter(({ wrote }) => wrote).map(({ error }) => error !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(readFileSync(path.join(own, "deep/er/notes.md"), "utf8")).toBe("hello");
    for (const file of ["evil", "gone", "project/app.ts"])
      expect(existsSync(path.join(root, file))).toBe(false);
  });
});

describe("an agent that", () => {
  test("asks to log in is told to people, and logged in where a key is set for it", async () => {
    const { agent, request, notes, root, log } = acpFixture();
    const script = { needsLogin: true, logins: ["browser", "gemini-api-key"], steps: SUBMIT };
    expect(failureOf(await agent(script).run(request()))).toMatchObject({
      kind: "auth",
      message: expect.stringMatching(/asks to log in.*It offers: browser, gemini-api-key/),
      // It never came to its prompt.
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    });
    expect(notes().some(({ authenticate }) => authenticate)).toBe(false);

    // The known agent of that name, found on PATH, with the variable that it logs in by.
    const bin = path.join(root, "bin");
    mkdirSync(bin);
    const [node, ...args] = acpCommand({ ...script, modes: ["default", "yolo"], log });
    const words = [node, ...args].map((word) => `'${word}'`).join(" ");
    writeFileSync(path.join(bin, "gemini"), `#!/bin/sh\nexec ${words}\n`, { mode: 0o755 });
    const gemini = createAcpAgent(
      { kind: "acp", name: "g", acp: "gemini" },
      { env: { PATH: `${bin}:${process.env["PATH"]}`, GEMINI_API_KEY: "k", OPENAI_API_KEY: "o" } },
    );
    expect(await gemini.run(request())).toMatchObject({ ok: true });
    expect(notes().filter(({ authenticate, mode }) => authenticate ?? mode)).toEqual([
      { authenticate: "gemini-api-key" },
      { mode: "default" },
    ]);
  });

  test("offers modes and models is set to them; one it does not offer is a failure", async () => {
    const { agent, request, notes } = acpFixture();
    const script = {
      modes: ["default", "plan"],
      configOptions: [
        {
          id: "model",
          name: "Model",
          category: "model",
          type: "select",
          currentValue: "a",
          options: [
            { value: "a", name: "A" },
            { value: "b", name: "B" },
          ],
        },
      ],
      steps: SUBMIT,
    };
    const set = await agent(script, { mode: "plan", sessionModel: "b" }).run(request());
    expect(set.ok).toBe(true);
    expect(notes().filter(({ mode, option }) => mode ?? option)).toEqual([
      { mode: "plan" },
      { option: "model", value: "b" },
    ]);
    const [mode, model] = await Promise.all([
      agent(script, { mode: "yolo" }).run(request()),
      agent({ steps: SUBMIT }, { sessionModel: "c" }).run(request()),
    ]);
    expect(failureOf(mode)).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/no mode yolo, but default, plan/),
    });
    expect(failureOf(model).message).toMatch(/lets nobody choose a model/);
  });

  test.each<[string, Script, string, RegExp]>([
    [
      "dies in the middle",
      { steps: [{ stderr: "boom" }, { exit: 3 }] },
      "crashed",
      /with exit code 3: boom/,
    ],
    [
      "dies before the handshake",
      { startup: [{ exit: 1 }] },
      "crashed",
      /in the middle of the session, with exit code 1/,
    ],
    ["speaks another version", { version: 9 }, "refused", /version 9/],
    [
      "answers with an error",
      { steps: [{ error: { code: -32603, message: "Internal error" } }] },
      "crashed",
      /answered with an error: Internal error/,
    ],
    [
      "tells of a busy provider",
      {
        steps: [
          { error: { code: -32603, message: "429 too many requests", data: { retry_after: 7 } } },
        ],
      },
      "rate-limited",
      /429/,
    ],
    ["declines", { end: { stopReason: "refusal" } }, "refused", /declined/],
    ["breaks off", { end: { stopReason: "max_tokens" } }, "invalid-output", /most tokens/],
    ["says nothing", {}, "invalid-output", /without a result/],
    [
      "breaks off in JSON",
      { steps: [{ say: '{"a": [1,' }] },
      "invalid-output",
      /middle of a JSON object/,
    ],
  ])("%s is a failure of its kind, and nothing of it is left", async (_, script, kind, message) => {
    const { agent, request, notes } = acpFixture();
    const failure = failureOf(await agent(script).run(request()));
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(alive(started(notes()))).toEqual([]);
  });

  test("prints rubbish, bytes that are no text and answers to nothing is understood all the same", async () => {
    const { agent, request, transcript } = acpFixture();
    const asked = request();
    const printed = vi.spyOn(console, "error");
    const outcome = await agent({
      startup: [{ print: "Welcome!" }, { print: "[1,2]" }],
      steps: [
        { hex: "fffe0a" },
        { print: '{"jsonrpc":"2.0","id":99,"result":{}}' },
        { print: '{"jsonrpc":"2.0","method":"session/update","params":3}' },
        { print: '{"__proto__":{"x":1}}' },
        { update: { sessionUpdate: "of-tomorrow" } },
        ...SUBMIT,
      ],
    }).run(asked);
    expect(outcome).toMatchObject({ ok: true });
    expect(transcript(asked).filter(({ type }) => type === "noise").length).toBeGreaterThan(3);
    // The console is the reporters'.
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  test.each<[string, Script, object, string]>([
    ["hangs before the handshake", { handshake: [{ hang: true }] }, { timeoutMs: 900 }, "timeout"],
    ["is silent", { steps: [{ hang: true }] }, { stallMs: 900 }, "stalled"],
    [
      "ignores SIGTERM and its cancellation",
      {
        ignoresCancel: true,
        staysAtEof: true,
        startup: [{ ignore: "SIGTERM" }],
        steps: [{ hang: true }],
      },
      { timeoutMs: 1_500 },
      "timeout",
    ],
    [
      "floods with messages",
      {
        steps: [
          {
            flood: {
              text: '{"jsonrpc":"2.0","method":"session/update","params":{}}\n',
              bytes: 4e8,
            },
          },
        ],
      },
      { maxOutputBytes: 300_000 },
      "output-limit",
    ],
  ])("%s is stopped at its limit, and nothing of it is left", async (_, script, limits, kind) => {
    const { agent, request, notes } = acpFixture();
    const asked = request();
    const outcome = await agent(script).run({ ...asked, limits: { ...asked.limits, ...limits } });
    expect(failureOf(outcome).kind).toBe(kind);
    expect(alive(started(notes()))).toEqual([]);
  });

  test("prints a gigabyte without a newline is stopped with little held in memory", async () => {
    const { agent, request, notes } = acpFixture();
    const asked = request();
    const running = agent({ steps: [{ flood: { text: "x", bytes: 1e9 } }] }).run({
      ...asked,
      limits: { ...asked.limits, maxOutputBytes: 64 * 1024 * 1024 },
    });
    let most = 0;
    const before = process.memoryUsage();
    const look = setInterval(() => {
      const { rss } = process.memoryUsage();
      most = Math.max(most, rss - before.rss);
    }, 20);
    expect(failureOf(await running).kind).toBe("output-limit");
    clearInterval(look);
    expect(most).toBeLessThan(64 * 1024 * 1024);
    expect(alive(started(notes()))).toEqual([]);
  });

  test("is canceled is asked to stop, and leaves no daemon", async () => {
    const { agent, request, notes, root } = acpFixture();
    const pids = path.join(root, "daemons");
    const cancel = new AbortController();
    const asked = request({ signal: cancel.signal });
    const running = agent({
      steps: [{ daemon: pids }, { say: "working\n" }, { untilCanceled: true }],
    }).run({
      ...asked,
      onLine: () => cancel.abort(),
    });
    expect(failureOf(await running).kind).toBe("canceled");
    expect(notes().some(({ cancel: id }) => id)).toBe(true);
    expect(
      alive([...started(notes()), ...readFileSync(pids, "utf8").trim().split("\n").map(Number)]),
    ).toEqual([]);
  });
});

describe("processes that sessions share", () => {
  test("serve several at once and the next ones, each with its own figures, and end when the agent is closed", async () => {
    const { agent, request, notes } = acpFixture();
    const shared = agent(
      { capabilities: { sessionCapabilities: { close: {} } }, steps: SUBMIT },
      { sessionsPerProcess: 3 },
    );
    const first = await Promise.all([1, 2, 3, 4].map(() => shared.run(request())));
    expect(first.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(started(notes())).toHaveLength(2);
    expect((await shared.run(request())).ok).toBe(true);
    expect(started(notes())).toHaveLength(2);
    expect(notes().filter(({ closed }) => closed)).toHaveLength(5);
    expect(alive(started(notes()))).toHaveLength(2);
    await shared.close();
    expect(alive(started(notes()))).toEqual([]);
  });

  test("one that dies while nobody uses it is given to nobody", async () => {
    const { agent, request, notes } = acpFixture();
    const shared = agent({ steps: SUBMIT }, { sessionsPerProcess: 2 });
    expect((await shared.run(request())).ok).toBe(true);
    const [pid = 0] = started(notes());
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(processInfo(pid)).toBeUndefined());
    expect((await shared.run(request())).ok).toBe(true);
    expect(started(notes())).toHaveLength(2);
    await shared.close();
  });

  test("one that dies takes its own sessions along, and the next gets a new one", async () => {
    const { agent, request, notes } = acpFixture();
    const script = {
      bySession: [
        [{ sleep: 400 }, { exit: 1 }],
        [{ sleep: 400 }, { exit: 1 }],
      ],
      steps: SUBMIT,
    };
    const shared = agent(script, { sessionsPerProcess: 2 });
    const both = await Promise.all([shared.run(request()), shared.run(request())]);
    for (const outcome of both) expect(failureOf(outcome).kind).toBe("crashed");
    expect(alive(started(notes()))).toEqual([]);
    const other = agent({ steps: SUBMIT }, { sessionsPerProcess: 2 });
    expect((await other.run(request())).ok).toBe(true);
    await other.close();
    await shared.close();
  });
});

const made: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const agent of made) await agent.close();
});

const fixture = acpFixture();
const contractAgent = (script: Script, makeFilter?: () => Transform) => {
  const agent = fixture.agent(script, {}, makeFilter && { makeFilter });
  made.push(agent);
  return agent;
};

agentContract(
  {
    name: "acp",
    answering: () => contractAgent({ steps: [{ say: '{"a":1}' }] }),
    expected: { a: 1 },
    calls: () => started(fixture.notes()).length,
    hanging: () => contractAgent({ steps: [{ hang: true }] }),
    halting: () => ({ agent: contractAgent({ steps: [{ say: "begun\n" }, { hang: true }] }) }),
    flooding: () =>
      contractAgent({ steps: [{ flood: { text: "words and words\n", bytes: 1e9 } }] }),
    leaking: (secret, makeFilter) =>
      contractAgent(
        {
          steps: [
            { say: `key ${secret.slice(0, 9)}` },
            { say: secret.slice(9) },
            { stderr: secret },
            { print: secret },
          ],
        },
        makeFilter,
      ),
    unavailable: () =>
      createAcpAgent({ kind: "acp", name: "none", acp: ["/none/such"] }, { env: {} }),
    keepsTime: true,
  },
  { describe, test },
);

describe.skipIf(noSandbox !== undefined)("in a sandbox", () => {
  test("it answers with the tool, has a process of its own, and gets no file through us that it can't see itself", async () => {
    const { agent, request, notes, project, root } = acpFixture();
    writeFileSync(path.join(project, ".env"), "KEY=of the user");
    mkdirSync(path.join(root, "home"));
    const sandbox = sandboxIn(root, {
      mode: "required",
      endpoints: ["http://127.0.0.1:9"],
      read: [path.resolve(import.meta.dirname, "../.."), realpathSync("node_modules")],
    });
    const asked = request();
    const log = path.join(asked.outputFolder, "seen.log");
    const work = path.join(asked.outputFolder, "work", "notes.md");
    const steps = [{ read: path.join(project, ".env") }, { write: work }, ...SUBMIT];
    const boxed = agent({ log, steps }, { sessionsPerProcess: 2 }, { sandbox });
    expect(await boxed.run(asked)).toMatchObject({ ok: true, value: { value: GOOD } });
    const seen = readFileSync(log, "utf8");
    expect(seen).toContain('"fs":{"readTextFile":false,"writeTextFile":false}');
    expect(seen).not.toContain("of the user");
    expect(existsSync(work)).toBe(false);
    expect(notes()).toEqual([]);
    await boxed.close();
  });
});
