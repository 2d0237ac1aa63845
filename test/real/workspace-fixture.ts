import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import {
  createWorkspaces,
  type WorkspaceOptions,
} from "../../src/adapters/workspace/create-workspaces.ts";
import type { CollectedWork, Workspace, WorkspaceRequest } from "../../src/ports/workspaces.ts";
import { usersTree } from "./users-tree.ts";

export const never = new AbortController().signal;

/** A user's repository with one commit, a folder for workspaces, and what tests ask of both. */
export function workspaceFixture() {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-workspace-")));
  const project = path.join(folder, "project");
  const root = path.join(folder, "state");
  const git = (...args: string[]) => gitIn(project, ...args);
  mkdirSync(project);
  git("init", "-q", "-b", "main");
  git("config", "user.name", "User");
  git("config", "user.email", "user@localhost");
  put(project, { "a.txt": "a\n", "src/b.txt": "b\n", ".gitignore": "node_modules/\n*.log\n" });
  git("add", "-A");
  git("commit", "-q", "-m", "first");
  const base = git("rev-parse", "HEAD");
  let count = 0;
  const fixture = {
    folder,
    project,
    root,
    base,
    git,
    workspaces: (options: Partial<WorkspaceOptions> = {}) =>
      createWorkspaces({ project, root, env: process.env, ...options }),
    request: (more: Partial<WorkspaceRequest> = {}): WorkspaceRequest => ({
      runId: "run-1",
      task: `t${++count}`,
      attempt: 1,
      base,
      mode: "write",
      ...more,
    }),
    async open(more: Partial<WorkspaceRequest> = {}, options: Partial<WorkspaceOptions> = {}) {
      const opened = await fixture.workspaces(options).open(fixture.request(more), never);
      if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.message}`);
      return opened.value;
    },
    async collect(
      workspace: Workspace,
      options: Partial<WorkspaceOptions> = {},
    ): Promise<CollectedWork> {
      const work = await fixture.workspaces(options).collect(workspace);
      if (!work.ok) throw new Error(`${work.error.kind}: ${work.error.message}`);
      return work.value;
    },
    /** Run something, and see that the user's tree is byte for byte as it was. */
    async untouched<T>(action: () => Promise<T>): Promise<T> {
      const before = usersTree(project);
      const value = await action();
      expect(usersTree(project)).toBe(before);
      return value;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return fixture;
}

/** As a person or an agent calls it: with the repository's own configuration. */
export const gitIn = (folder: string, ...args: string[]): string =>
  execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  }).trim();

export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}
