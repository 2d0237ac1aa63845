/** The sandbox as it is on this machine (AG-04, R1, F-22): what a program in it can change and see, what it reaches, and what is left of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SandboxOptions } from "../../src/adapters/sandbox/create-sandbox.ts";
import { agentContract } from "../../src/testing/agent-contract.ts";
import {
  scriptedCommand,
  type ScriptStep,
} from "../../src/testing/scripted-agent/scripted-agent.ts";
import type { AgentRequest } from "../../src/ports/agent.ts";
import type { SandboxOptions as Wishes } from "../../src/stage/sandbox/sandbox-settings.ts";
import { agentOf, failureOf, requestIn, type Definition } from "./command-agent-fixture.ts";
import { buildCommandAgent } from "./command-agent-processes.ts";
import { noSandbox, sandboxIn } from "./sandbox-fixture.ts";

if (noSandbox !== undefined) process.stderr.write(`sandbox tests skipped: ${noSandbox}\n`);

let folder = "";
let output = "";
beforeEach(() => projectUnder(tmpdir()));
const projectUnder = (parent: string) => {
  folder = realpathSync(mkdtempSync(path.join(parent, "wavegate-in-sandbox-")));
  output = path.join(folder, "project/.wavegate/runs/r/attempts/a");
  mkdirSync(output, { recursive: true });
  mkdirSync(path.join(folder, "home/.ssh"), { recursive: true });
  writeFileSync(path.join(folder, "home/.ssh/id"), "private");
  writeFileSync(path.join(folder, "project/spec.md"), "# Spec");
  writeFileSync(path.join(folder, "project/.env"), "DB=secret");
  writeFileSync(path.join(folder, "project/.wavegate/audit.jsonl"), "approved");
};
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = (change: Partial<AgentRequest> = {}) => requestIn(folder, output, change);

const held = (
  definition: Definition,
  wishes: Wishes = {},
  { env = {}, ...change }: Partial<SandboxOptions> = {},
) => {
  const user = { ...process.env, ...env, HOME: path.join(folder, "home") };
  const sandbox = sandboxIn(folder, wishes, { env: user, ...change });
  return agentOf(definition, { env: user, sandbox, cwd: path.join(folder, "project") });
};

const shell = (script: string): Definition => ({ command: ["/bin/sh", "-c", script] });
const scripted = (steps: readonly ScriptStep[]) => held({ command: scriptedCommand(steps) });

/** Every process of this machine whose environment or command line holds the text. */
const processesWith = (text: string) =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) =>
      ["environ", "cmdline"].some((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, "latin1").includes(text);
        } catch {
          return false;
        }
      }),
    );

const answerOf = async (agent: ReturnType<typeof held>) => {
  const outcome = await agent.run(request());
  if (!outcome.ok) throw new Error(`${outcome.error.message} ${errors()}`);
  return outcome.value.value;
};
const errors = () => readFileSync(path.join(output, "stderr.log"), "utf8");

/** A model that says what it was asked with. */
async function serving(answer: http.RequestListener) {
  const server = http.createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

describe.skipIf(noSandbox !== undefined)("a program in a sandbox", () => {
  agentContract(
    {
      name: "a command agent in a sandbox",
      answering: () => scripted([{ stderr: "thinking" }, { print: '{"a":1}' }]),
      expected: { a: 1 },
      hanging: () => scripted([{ forever: true }]),
      halting: () => ({ agent: scripted([{ print: '{"a":' }, { forever: true }]) }),
      flooding: () => scripted([{ flood: { text: "all work and no play\n", bytes: 2 ** 40 } }]),
      unavailable: () => held({ command: ["wavegate-no-such-program"] }),
      keepsTime: true,
    },
    { describe, test },
  );

  test("changes its attempt's folder and nothing else; sees the project, but neither state nor secrets", async () => {
    const script = `
      for f in spec.md new .wavegate/audit.jsonl .env /etc/x /usr/x /x; do echo x >> $f && echo "wrote $f" >&2; done
      cat .wavegate/audit.jsonl ~/.ssh/id "${folder}/home/.ssh/id" && echo "read" >&2
      [ -s .env ] && echo "read .env" >&2
      echo ok > "${output}/mine"; echo ok > ~/mine || echo "no home" >&2
      printf '{"spec":"%s","home":"%s"}' "$(cat spec.md)" "$(ls -A ~)"`;
    expect(await answerOf(held(shell(script)))).toEqual({ spec: "# Spec", home: "mine" });
    expect(
      errors()
        .split("\n")
        .filter((line) => /^(?:wrote|read|no home)/.test(line)),
    ).toEqual([]);
    expect(readFileSync(path.join(output, "mine"), "utf8")).toBe("ok\n");
    expect(readFileSync(path.join(folder, "project/spec.md"), "utf8")).toBe("# Spec");
    expect(readFileSync(path.join(folder, "project/.env"), "utf8")).toBe("DB=secret");
    expect(readdirSync(path.join(folder, "project")).toSorted()).toEqual([
      ".env",
      ".wavegate",
      "spec.md",
    ]);
    expect(existsSync(path.join(folder, "home/mine"))).toBe(false);
  });

  test.each(["/var/tmp", "/dev/shm"].filter((each) => existsSync(each)))(
    "works in a project under %s, which is its own inside",
    async (parent) => {
      rmSync(folder, { recursive: true, force: true });
      projectUnder(parent);
      const beside = path.join(parent, `${path.basename(folder)}.beside`);
      writeFileSync(beside, "not shown");
      const script = `[ -e ${beside} ] && echo "sees" >&2; echo "{\\"spec\\": \\"$(cat spec.md)\\"}"`;
      try {
        expect(await answerOf(held(shell(script)))).toEqual({ spec: "# Spec" });
        expect(errors()).not.toContain("sees");
      } finally {
        rmSync(beside);
      }
    },
  );

  test("sees what is named for reading, changes what is named for writing, and not what is hidden", async () => {
    for (const name of ["a", "b"]) mkdirSync(path.join(folder, "other", name), { recursive: true });
    mkdirSync(path.join(folder, "project/private"));
    writeFileSync(path.join(folder, "other/a/text"), "seen");
    writeFileSync(path.join(folder, "project/private/key"), "hidden");
    const script = `
      echo x > ../other/b/new; echo x 2>&- > ../other/a/new && echo "wrote a" >&2
      printf '{"a":"%s","private":"%s"}' "$(cat ../other/a/text)" "$(ls private)"`;
    const wishes = {
      read: [path.join(folder, "other/a")],
      write: ["../other/b"],
      hide: ["private"],
    };
    expect(await answerOf(held(shell(script), wishes))).toEqual({ a: "seen", private: "" });
    expect(errors()).not.toContain("wrote a");
    expect(readdirSync(path.join(folder, "other/a"))).toEqual(["text"]);
    expect(readdirSync(path.join(folder, "other/b"))).toEqual(["new"]);
  });

  test("is not started where it could change the project itself", async () => {
    const failure = failureOf(await held(shell("echo {}"), { write: ["."] }).run(request()));
    expect(failure.message).toContain("could change the project itself");
  });

  test("asks its model through the proxy with a credential that is nowhere inside", async () => {
    const key = "sk-ant-of-the-user-0123456789";
    const { server, url } = await serving((asked, answer) => {
      answer.setHeader("content-type", "application/json");
      answer.end(JSON.stringify({ header: asked.headers["x-api-key"], path: asked.url }));
    });
    // Looks for a part of the credential: the whole of it must not be given to it.
    const look = `
      for f in /proc/[0-9]*/environ; do tr '\\0' '\\n' < $f | grep -v "^WAVEGATE" | grep "$1" >&2 && echo FOUND >&2; done
      grep -rsl "$1" /tmp ~ /etc /run . >&2 && echo FOUND >&2
      curl -sS -m 5 ${url} -o /dev/null && echo REACHED >&2
      curl -sS -m 5 "$ANTHROPIC_BASE_URL/v1/messages" -H "x-api-key: $ANTHROPIC_API_KEY" -d '{}'`;
    writeFileSync(path.join(folder, "project/look.sh"), look);
    const agent = held(
      {
        command: ["/bin/sh", "./look.sh", key.slice(4, 18)],
        passEnv: ["ANTHROPIC_*"],
      },
      { endpoints: [url] },
      { env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url } },
    );
    const answer = await answerOf(agent).finally(() => server.close());
    expect(answer).toEqual({ header: key, path: "/v1/messages" });
    expect(errors()).not.toMatch(/FOUND|REACHED/);
  });

  test("gets half an answer as half an answer, as it comes, and ends the other side when it breaks off", async () => {
    const ended: string[] = [];
    const { server, url } = await serving((asked, answer) => {
      answer.on("close", () => ended.push(asked.url ?? ""));
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write("first\n");
      if (asked.url === "/half") setTimeout(() => answer.destroy(), 50);
    });
    const script = `
      curl -sS -m 1 -N $ANTHROPIC_BASE_URL/hang; echo "code $?"
      curl -sS -N $ANTHROPIC_BASE_URL/half; echo "code $?"
      echo '{"a":1}'`;
    const agent = held(
      { ...shell(script), passEnv: ["ANTHROPIC_*"] },
      { endpoints: [url] },
      { env: { ANTHROPIC_API_KEY: "k-12345678", ANTHROPIC_BASE_URL: url } },
    );
    await agent.run(request()).finally(() => server.close());
    const said = readFileSync(path.join(output, "stdout.log"), "utf8");
    // 28 is a timeout, 18 a transfer that broke off.
    expect(said).toBe('first\ncode 28\nfirst\ncode 18\n{"a":1}\n');
    expect(ended.toSorted()).toEqual(["/half", "/hang"]);
  });

  test("is asked to end before it is killed, with all that it started, daemons too", async () => {
    const script = `
      trap 'echo "{\\"ended\\":true}" > "${output}/said"; exit 0' TERM
      setsid sleep 1000 > /dev/null 2>&1 < /dev/null & env -i setsid sleep 1001 > /dev/null 2>&1 &
      echo started; while :; do sleep 0.05; done`;
    const user = { ...process.env, HOME: path.join(folder, "home") };
    const agent = agentOf(shell(script), {
      env: user,
      graceMs: 2_000,
      sandbox: sandboxIn(folder, { endpoints: ["http://127.0.0.1:9"] }, { env: user }),
    });
    const stop = new AbortController();
    const line = (text: string) => text === "started" && stop.abort();
    const failure = failureOf(await agent.run(request({ signal: stop.signal, onLine: line })));
    expect(failure.kind).toBe("canceled");
    expect(readFileSync(path.join(output, "said"), "utf8")).toContain("ended");
    expect(processesWith(output)).toEqual([]);
    expect(processesWith("sleep\u00001001")).toEqual([]);
  });

  test("dies with whoever started it, even by SIGKILL, and leaves nothing behind", async () => {
    const built = buildCommandAgent(path.join(folder, "package"));
    const agent = JSON.stringify(built("adapters/agents/command/command-agent.ts"));
    const sandbox = JSON.stringify(built("adapters/sandbox/create-sandbox.ts"));
    const probe = JSON.stringify(built("adapters/sandbox/bubblewrap.ts"));
    const marked = `marked-${path.basename(folder)}`;
    const script = `env -i setsid sleep 1003 & exec sh -c 'echo up; sleep 1002 # ${marked}'`;
    const parent = `
      import { createCommandAgent } from ${agent};
      import { createSandbox } from ${sandbox};
      import { probeBubblewrap } from ${probe};
      const { project, stateFolder, file, request } = JSON.parse(process.argv[1]);
      const sandbox = createSandbox({ preset: undefined, env: process.env, project, stateFolder,
        settings: { mode: "required", endpoints: ["http://127.0.0.1:9"], read: [], write: [], hide: [] },
        bubblewrap: () => probeBubblewrap(file, "linux") });
      const definition = { kind: "command", name: "a", command: ["/bin/sh", "-c", ${JSON.stringify(script)}] };
      createCommandAgent(definition, { env: process.env, sandbox })
        .run({ ...request, signal: new AbortController().signal, onLine: (line) => process.stdout.write(line) });`;
    const child = spawn(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        parent,
        JSON.stringify({
          project: path.join(folder, "project"),
          stateFolder: path.join(folder, "project/.wavegate"),
          file: process.env["WAVEGATE_BWRAP"] ?? "/usr/bin/bwrap",
          request: { ...request(), signal: undefined },
        }),
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(child.stdout, "data");
    expect(processesWith(marked).length).toBeGreaterThan(0);
    const before = performance.now();
    child.kill("SIGKILL");
    while (processesWith(marked).length + processesWith("sleep\u00001003").length > 0)
      if (performance.now() - before > 1_000) break;
    expect(processesWith(marked)).toEqual([]);
    expect(processesWith("sleep\u00001003")).toEqual([]);
  });
});

describe("where no sandbox can be made", () => {
  const nothing = {
    bubblewrap: async () =>
      ({
        ok: false,
        error: { reason: "bubblewrap is not installed", hint: "Install it." },
      }) as const,
  };

  test("what must have one is not started, and says what to do", async () => {
    const agent = held(shell(`touch ${output}/ran; echo {}`), { mode: "required" }, nothing);
    const failure = failureOf(await agent.run(request()));
    expect(failure).toMatchObject({
      kind: "not-installed",
      message: expect.stringContaining("bubblewrap is not installed. Install it."),
    });
    expect(existsSync(path.join(output, "ran"))).toBe(false);
    expect((await agent.describe()).sandbox).toMatchObject({ mode: "required", by: undefined });
  });

  test("what would rather have one runs without, and says so", async () => {
    const agent = held(shell("echo '{\"a\":1}'"), { mode: "preferred" }, nothing);
    expect(await answerOf(agent)).toEqual({ a: 1 });
    expect((await agent.describe()).sandbox).toEqual({
      mode: "preferred",
      by: undefined,
      missing: { reason: "bubblewrap is not installed", hint: "Install it." },
    });
  });
});
