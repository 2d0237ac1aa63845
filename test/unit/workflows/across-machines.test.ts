/** What goes wrong beside a landing that others can see from their machines. */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { ok } from "../../../src/core/result.ts";
import type { Landing } from "../../../src/ports/landing.ts";
import { landingAcross, type Shared } from "../../../src/workflows/across-machines.ts";
import { memoryGit } from "./memory-git.ts";

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
