/** The library with agents of its user's own: named by roles, asked in a run, refused when two have one name. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";
import type { Agent } from "../../src/ports/agent.ts";
import { autoPuppet } from "../../src/testing/puppet-agent.ts";
import { goodAnswer, roleOfPrompt, SMALL_SPEC } from "../../src/testing/small-planning.ts";

const PLAN = "# Implementation Plan: X\n\n## Phase 1: A\n\n- [ ] 1.1 Do it in `src/a.ts` [1h]\n";
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-open-app-")));
const project = path.join(folder, "project");
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), text);
};
const open = (agents: readonly Agent[], cwd = project) =>
  openApp({ cwd, env: { ...process.env, WAVEGATE_HOME: path.join(folder, "home") }, agents });

/** Sees nothing but the prompt, as a model does. */
const asked: string[] = [];
const model: Agent = {
  ...autoPuppet({}, "model"),
  run({ prompt, ...request }) {
    const role = roleOfPrompt(prompt) ?? "";
    asked.push(role);
    return autoPuppet({ [role]: { value: goodAnswer({ role }) } }).run({
      ...request,
      prompt,
      role,
    });
  },
};

beforeAll(() => {
  chmodSync(folder, 0o755);
  write("wavegate.config.yaml", "stages: { planning: { reviewer: { agent: model } } }\n");
  write("specs/001/spec.md", SMALL_SPEC);
});
afterAll(async () => {
  await open([]).database.stop({ force: true });
  rmSync(folder, { recursive: true, force: true });
});

test("a given agent can be named in the configuration, is listed, and plays", async () => {
  const app = open([model]);
  try {
    expect((await app.agents()).agents.map(({ name }) => name)).toEqual(["builtin", "model"]);
    const { runId } = await app.plan({ spec: "specs/001", agent: "model" });
    const { record, gate } = await app.settled(runId);
    expect(record.status).toBe("waiting");
    expect(gate?.figures.partial).toEqual([]);
    expect(new Set(asked).size).toBe(7);
  } finally {
    await app.close();
  }
});

test("three that are the first in a project at once all start, in one project", async () => {
  const first = path.join(project, "first");
  const plans = ["x", "y", "z"].map((name) => `docs/plans/${name}.md`);
  for (const plan of plans) write(`first/${plan}`, PLAN);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=U", "-c", "user.email=u@localhost", ...args], {
      cwd: first,
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "first");
  const apps = plans.map(() => open([autoPuppet({}, "model")], first));
  try {
    const started = await Promise.all(
      apps.map((app, index) =>
        app.executions.start({
          plans: plans.slice(index, index + 1),
          agent: "model",
          detach: true,
        }),
      ),
    );
    const ids = new Set(started.map(({ runId }) => runId));
    expect(ids.size).toBe(3);
    for (const app of apps)
      expect(new Set((await app.runs()).map(({ record }) => record.runId))).toEqual(ids);
  } finally {
    for (const app of apps) await app.close();
  }
});

describe("two agents of one name", () => {
  test.each([["twin", "twin"], ["builtin"]])("are refused at once: %s %s", (...names) => {
    const agents = names.map((name) => autoPuppet({}, name));
    expect(() => open(agents)).toThrow(/Two agents are named/);
  });

  test("are a problem of the configuration when one is its own", async () => {
    write("own/wavegate.config.yaml", "agents:\n  model: { preset: claude }\n");
    const app = open([model], path.join(project, "own"));
    await expect(app.agents()).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      place: { file: "wavegate.config.yaml", line: 2, column: 3 },
    });
  });
});

const hintIn = (cwd: string) =>
  open([model], cwd)
    .plan({ spec: "spec.md", agent: "nobody" })
    .then(
      () => "",
      (error: { readonly hint: string }) => error.hint,
    );

test("an agent that nobody knows is looked for in the configuration that was read, or in none", async () => {
  write("with/wavegate.config.yaml", "");
  write("with/spec.md", SMALL_SPEC);
  write("without/.specify/x", "");
  write("without/spec.md", SMALL_SPEC);
  expect(await hintIn(path.join(project, "with"))).toBe(
    `Use one of: builtin, model; or add it under agents in ${path.join(project, "with/wavegate.config.yaml")}.`,
  );
  expect(await hintIn(path.join(project, "without"))).toBe(
    `Use one of: builtin, model; or add it under agents in a wavegate.config.yaml in ${path.join(project, "without")}, where none was found.`,
  );
});
