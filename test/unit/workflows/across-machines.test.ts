/** What goes wrong beside a landing that others can see from their machines, and what tasks need that may be at work on any of them. */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { ok } from "../../../src/core/result.ts";
import type { Landing } from "../../../src/ports/landing.ts";
import {
  landingAcross,
  workspacesAcross,
  type Shared,
} from "../../../src/workflows/across-machines.ts";
import { memoryGit } from "./memory-git.ts";
import { planWorld, started } from "./plan-world.ts";

const [FROM, TO, THEIRS] = ["a", "b", "c"].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
const MAIN = "refs/heads/main";
const unused = async (): Promise<never> => Promise.reject(new Error("nobody asks for it"));

test("a head that has moved is told, also where what others put on a branch is too large to be kept", async () => {
  const lags = "somebody else moved it to cccccccccccc";
  const own: Landing = {
    ...memoryGit({}).landing,
    restore: async () => ok(undefined),
    advance: async () => ok([{ name: MAIN, at: FROM, lags, theirs: THEIRS }]),
  };
  const shared: Shared = {
    commits: {
      get: async () => {},
      async put({ commit }) {
        if (commit === THEIRS)
          throw new WavegateError("COMMIT_TOO_LARGE", "It has 200 MiB more.", { hint: "" });
      },
    },
    store: async () => ({
      keep: unused,
      take: unused,
      addCommit: unused,
      findCommit: unused,
      nameCommit: unused,
      namedCommit: unused,
    }),
  };
  const advanced = await landingAcross(own, shared).advance({
    runId: "run-1",
    from: FROM,
    to: TO,
    branches: [{ name: MAIN, at: FROM, lags: null }],
  });
  const told = `${lags}, whose commits can't be kept for other machines`;
  expect(advanced).toEqual(ok([{ name: MAIN, at: FROM, lags: told }]));
});

test("what an earlier attempt left is got wherever the next one is made, if it is to be had", async () => {
  const world = planWorld({
    plans: {
      "docs/plans/core.md": "# Implementation Plan: Core\n\n## Phase 1: Base\n\n- [ ] 1.1 A\n",
    },
    deeds: {
      "1.1": (tree, _, before) => {
        tree.set("a.txt", `${before}`);
        return before < 2 ? { kind: "crashed", message: "no" } : undefined;
      },
    },
  });
  const got: string[] = [];
  const commits = {
    async get(commit: string) {
      got.push(commit);
      if (commit !== world.git.base) throw new Error("no machine kept it");
    },
    put: async () => {},
  };
  const own = world.git.workspaces;
  Object.assign(world.ports, { workspaces: workspacesAcross(own, { commits, store: unused }) });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  const told = world.requests.map(({ prompt }) => [...prompt.matchAll(/`git show (\w+)`/g)]);
  const mentions = told.map((each) => each.map(([, commit]) => commit));
  expect(mentions.map(({ length }) => length)).toEqual([0, 1, 2]);
  for (const commit of mentions.flat()) expect(got).toContain(commit);
});
