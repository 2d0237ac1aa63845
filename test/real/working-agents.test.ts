/** Agents that carry out a task (PX-06): each adapter in a clone, in the sandbox where one can be made. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBuiltinAgent } from "../../src/adapters/agents/builtin/builtin-agent.ts";
import { createModelAgent } from "../../src/adapters/agents/model/model-agent.ts";
import type { AgentRequest } from "../../src/ports/agent.ts";
import { readTaskReport } from "../../src/stage/contracts/task-report.ts";
import { acpFixture } from "./acp-agent-fixture.ts";
import { agentOf, requestIn } from "./command-agent-fixture.ts";
import { noSandbox, sandboxIn } from "./sandbox-fixture.ts";

let folder = "";
let attempts = 0;
const at = (name: string) => path.join(folder, name);
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
    cwd,
    encoding: "utf8",
  }).trim();

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-working-")));
  for (const each of ["home", "project/tools"]) mkdirSync(at(each), { recursive: true });
  writeFileSync(at("project/a.txt"), "one\n");
  writeFileSync(at("project/tools/agent.sh"), "#!/bin/sh\necho from the project > who.txt\n", {
    mode: 0o755,
  });
  git(at("project"), "init", "-q");
  git(at("project"), "add", ".");
  git(at("project"), "commit", "-qm", "base");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A clone of its own, and a request to work in it. */
function requestToWork(change: Partial<AgentRequest> = {}): AgentRequest {
  attempts += 1;
  const [clone, output] = [at(`clones/${attempts}`), at(`output-${attempts}`)];
  git(folder, "clone", "-q", "--shared", at("project"), clone);
  mkdirSync(output);
  return requestIn(folder, output, {
    task: "work",
    contract: "task_report",
    cwd: clone,
    work: {
      folder: clone,
      readable: [at("project/.git/objects")],
      env: { PORT: "45001", SHARED: "of the clone" },
    },
    ...change,
  });
}

const shell = (script: string) => ({ command: ["/bin/sh", "-c", script] });
const given = () => ({
  cwd: at("project"),
  ...(noSandbox === undefined && { sandbox: sandboxIn(folder, { mode: "required" as const }) }),
});

test("a program edits its clone, uses git and the clone's variables there, and can't change the project", async () => {
  const request = requestToWork();
  const script = [
    'echo "$PORT $SHARED" > env.txt',
    "git log --format=%s > log.txt",
    "git add env.txt && git -c user.name=a -c user.email=a@b commit -qm mine && git rev-list --count HEAD >> log.txt",
    `echo changed > ${at("project/a.txt")} || true`,
    `echo new > ${at("project/.git/objects/x")} || true`,
    `echo new > ${at("project/new.txt")} || true`,
    `echo '{"task_report":{"summary":"Wrote env.txt."}}'`,
  ].join("\n");
  const agent = agentOf({ ...shell(script), env: { SHARED: "of the agent" } }, given());
  const outcome = await agent.run(request);
  if (!outcome.ok) throw new Error(outcome.error.message);
  expect(readTaskReport(outcome.value.value)).toMatchObject({
    summary: "Wrote env.txt.",
    issues: [],
  });
  expect(readFileSync(path.join(request.cwd, "env.txt"), "utf8")).toBe("45001 of the clone\n");
  expect(readFileSync(path.join(request.cwd, "log.txt"), "utf8")).toBe("base\n2\n");
  if (noSandbox === undefined) {
    expect(readFileSync(at("project/a.txt"), "utf8")).toBe("one\n");
    for (const each of ["new.txt", ".git/objects/x"])
      expect(existsSync(at(`project/${each}`))).toBe(false);
  }
});

test("no report is no failure: what it said is kept; a bad end is one, whatever it said", async () => {
  const silent = await agentOf(shell("echo x >> a.txt; echo All done."), given()).run(
    requestToWork(),
  );
  expect(silent).toMatchObject({ ok: true, value: { value: null, said: "All done." } });
  const nothing = await agentOf(shell(":"), given()).run(requestToWork());
  expect(nothing).toMatchObject({ ok: true, value: { value: null } });
  const report = `echo '{"task_report":{"summary":"Done."}}'`;
  const broken = await agentOf(shell(`${report}; exit 3`), given()).run(requestToWork());
  expect(broken).toMatchObject({ ok: false, error: { kind: "crashed" } });
});

/** The same for reading, in a clone of what landed. */
const looking = () => {
  const { work, ...request } = requestToWork({ task: "review", contract: "analysis_report" });
  writeFileSync(path.join(request.cwd, "a.txt"), "landed\n");
  return { ...request, ...(work && { work: { ...work, readOnly: true } }) };
};

test("who only looks sees the clone as it is, changes nothing in it, and has to answer", async () => {
  const request = looking();
  const look = 'echo x > b.txt; printf \'{"a":"%s"}\' $(cat a.txt)';
  const outcome = await agentOf(shell(look), given()).run(request);
  expect(outcome).toMatchObject({ ok: true, value: { value: { a: "landed" } } });
  if (noSandbox === undefined) expect(existsSync(path.join(request.cwd, "b.txt"))).toBe(false);
  expect(await agentOf(shell("echo fine"), given()).run(looking())).toMatchObject({
    ok: false,
    error: { kind: "invalid-output" },
  });
});

test("the agent's own program is the project's, whatever an earlier task put in its place in the clone", async () => {
  for (const command of [["tools/agent.sh"], ["/bin/sh", "tools/agent.sh"]]) {
    const request = requestToWork();
    writeFileSync(
      path.join(request.cwd, "tools/agent.sh"),
      "#!/bin/sh\necho from the clone > who.txt\n",
    );
    expect(await agentOf({ command }, given()).run(request)).toMatchObject({ ok: true });
    expect(readFileSync(path.join(request.cwd, "who.txt"), "utf8")).toBe("from the project\n");
  }
});

const edit = (title: string, file: string) => ({
  ask: { title, kind: "edit", locations: [{ path: file }] },
});

test("an agent of the protocol writes into its clone in its working mode, and nothing elsewhere", async () => {
  const { agent, notes } = acpFixture();
  const request = requestToWork();
  const script = {
    modes: ["look", "write"],
    steps: [
      { write: path.join(request.cwd, "b.txt"), content: "made\n" },
      { write: path.join(request.cwd, ".git/config"), content: "x" },
      { write: at("project/a.txt"), content: "x" },
      edit("in", path.join(request.cwd, "c.txt")),
      edit("out", at("project/c.txt")),
      { say: "That is all." },
    ],
  };
  const outcome = await agent(script).run(request);
  expect(outcome).toMatchObject({ ok: true, value: { value: null, said: "That is all." } });
  expect(readFileSync(path.join(request.cwd, "b.txt"), "utf8")).toBe("made\n");
  expect(readFileSync(at("project/a.txt"), "utf8")).toBe("one\n");
  expect(readFileSync(path.join(request.cwd, ".git/config"), "utf8")).not.toBe("x");
  const said = notes();
  expect(said).toContainEqual({ asked: "in", answer: { outcome: "selected", optionId: "yes" } });
  expect(said).toContainEqual({ asked: "out", answer: { outcome: "selected", optionId: "no" } });
});

test("what has no tools says so before anybody is asked", async () => {
  const model = createModelAgent(
    { kind: "model", name: "m", model: "openai/gpt-5" },
    { env: { OPENAI_API_KEY: "k" }, cwd: folder },
  );
  for (const agent of [createBuiltinAgent(), model]) {
    expect(agent.writes).toBe(false);
    expect(await agent.run(requestToWork())).toMatchObject({
      ok: false,
      error: { kind: "refused", message: expect.stringContaining("tasks of plans") },
    });
  }
});
