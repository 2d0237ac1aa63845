/** The puppet that carries out plans: what a script says is what happens, and a sandbox holds what it must not do. */
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
import type { AgentRequest } from "../../src/ports/agent.ts";
import {
  puppetCoderCommand,
  type PuppetScript,
} from "../../src/testing/puppet-coder/puppet-coder.ts";
import { agentOf, requestIn } from "./command-agent-fixture.ts";
import { noSandbox, sandboxIn } from "./sandbox-fixture.ts";

let folder = "";
let runs = 0;
const at = (name: string) => path.join(folder, name);
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
    cwd,
    encoding: "utf8",
  }).trim();

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-puppet-")));
  for (const each of ["home", "project/docs/plans", "script/trees/1.1/src"])
    mkdirSync(at(each), { recursive: true });
  writeFileSync(at("project/a.txt"), "one\ntwo\n");
  writeFileSync(at("project/docs/plans/core.md"), "- [ ] 1.1 Do it\n");
  writeFileSync(at("script/trees/1.1/src/b.js"), "export const b = 1;\n");
  git(at("project"), "init", "-q", "-b", "main");
  git(at("project"), "add", ".");
  git(at("project"), "commit", "-qm", "base");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What came of a task, the clone it was carried out in, and what was printed. */
async function carryOut(task: string, script: PuppetScript, change: Partial<AgentRequest> = {}) {
  runs += 1;
  const [clone, output] = [at(`clones/${runs}`), at(`output-${runs}`)];
  git(folder, "clone", "-q", "--shared", at("project"), clone);
  mkdirSync(output);
  writeFileSync(at("script/script.json"), JSON.stringify(script));
  const agent = agentOf(
    { command: puppetCoderCommand(at("script/script.json"), { log: path.join(output, "log") }) },
    {
      cwd: at("project"),
      ...(noSandbox === undefined && { sandbox: sandboxIn(folder, { mode: "required" }) }),
    },
  );
  const outcome = await agent.run(
    requestIn(folder, output, {
      role: task,
      task: "work",
      contract: "task_report",
      cwd: clone,
      work: { folder: clone, readable: [at("project/.git/objects")], env: {} },
      ...change,
    }),
  );
  return {
    outcome,
    read: (name: string) => readFileSync(path.join(clone, name), "utf8"),
    has: (name: string) => existsSync(path.join(clone, name)),
    printed: readFileSync(path.join(output, "stdout.log"), "utf8"),
    noted: readFileSync(path.join(output, "log"), "utf8"),
  };
}

test("edits, programs and reports are what the script says of the task and the attempt", async () => {
  const script: PuppetScript = {
    tasks: {
      "1.1": [
        { tree: "trees/1.1" },
        { write: "new/deep.txt", text: "new\n" },
        { replace: "a.txt", find: "one", text: "$& 1" },
        { after: "a.txt", find: "two\n", text: "three\n" },
        { run: ["sh", "-c", "echo ran > ran.txt"] },
        { report: { summary: "Done.", issues: [{ problem: "p", resolution: "r" }] } },
      ],
      __proto__: [{ exit: 9 }],
      "1.2": { attempts: [[{ exit: 4 }], [{ append: "a.txt", text: "again\n" }]] },
    },
  };
  const first = await carryOut("1.1", script);
  expect(first.outcome).toMatchObject({
    ok: true,
    value: { value: { task_report: { summary: "Done." } } },
  });
  expect(first.read("a.txt")).toBe("$& 1\ntwo\nthree\n");
  expect([first.read("src/b.js"), first.read("new/deep.txt"), first.read("ran.txt")]).toEqual([
    "export const b = 1;\n",
    "new\n",
    "ran\n",
  ]);
  expect(first.noted.match(/"event":"\w+"/g)).toEqual(['"event":"started"', '"event":"ended"']);
  expect((await carryOut("1.2", script)).outcome).toMatchObject({ ok: false });
  const prompt = "- Attempt 1 was not taken (no-change): nothing";
  expect((await carryOut("1.2", script, { prompt })).read("a.txt")).toContain("again");
  for (const task of ["2", "constructor"])
    expect((await carryOut(task, script)).outcome).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("no part for task") },
    });
  const stale = { tasks: { "3": [{ replace: "a.txt", find: "zero", text: "" }] } };
  expect((await carryOut("3", stale)).outcome).toMatchObject({ ok: false });
});

test("faults are done in the clone, and held by the sandbox elsewhere", async () => {
  const project = () => [
    git(at("project"), "for-each-ref"),
    git(at("project"), "status", "--porcelain"),
    readFileSync(at("project/.git/config"), "utf8"),
  ];
  const before = project();
  const faults = [
    "nest",
    "submodule",
    "link-out",
    "commit",
    "tick-plans",
    "commit-elsewhere",
  ] as const;
  const held = noSandbox === undefined ? (["push", "change-project"] as const) : [];
  const { outcome, printed, read, has } = await carryOut("1", {
    tasks: {
      "1": [
        ...[...faults, ...held].map((fault) => ({ fault })),
        { fault: "many-files", count: 250 },
        { fault: "traps", witness: at("witness") },
        { fault: "delete-all" },
        { fault: "rewrite-git" },
        { fault: "big-file", bytes: 1_000_000 },
      ],
    },
  });
  expect(outcome).toMatchObject({ ok: true });
  for (const fault of [...faults, "many-files", "traps", "delete-all", "rewrite-git", "big-file"])
    expect(printed).toContain(`puppet: ${fault} was done`);
  if (held.length > 0) expect(printed).toContain("puppet: push was held");
  expect(has("a.txt")).toBe(false);
  expect(read("big.bin").length).toBe(1_000_000);
  expect(project()).toEqual(before);
});
