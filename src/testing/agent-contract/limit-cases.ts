import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { AgentLimits } from "../../ports/agent.ts";
import { kindOf, LIMITS, withRequest } from "./request.ts";
import type { Cases } from "./subject.ts";

const IMPOSSIBLE: readonly Partial<AgentLimits>[] = [
  { timeoutMs: Number.NaN },
  { timeoutMs: 2 ** 31 },
  { stallMs: 0 },
  { maxOutputBytes: -1 },
];

const FLOOD_LIMIT = 256 * 1024;

/** The request's limits, kept by the adapter itself. */
export const limitCases: Cases = (subject, test) => {
  const { hanging, flooding, keepsTime } = subject;
  if (keepsTime)
    test("limits that no timer can keep are a RangeError", () =>
      withRequest(subject, async (request) => {
        const agent = subject.answering();
        for (const change of IMPOSSIBLE)
          await assert.rejects(
            agent.run({ ...request, limits: { ...LIMITS, ...change } }),
            RangeError,
          );
      }));

  if (keepsTime && hanging !== undefined) {
    test("a call that takes too long ends as timed out", () =>
      withRequest(subject, async (request) => {
        const limits = { ...LIMITS, timeoutMs: 100 };
        assert.equal(await kindOf(subject, hanging().run({ ...request, limits })), "timeout");
      }));

    test("a call that is silent too long ends as stalled", () =>
      withRequest(subject, async (request) => {
        const limits = { ...LIMITS, stallMs: 100 };
        assert.equal(await kindOf(subject, hanging().run({ ...request, limits })), "stalled");
      }));
  }

  if (flooding !== undefined)
    test("a call that says too much is cut at the limit, on disk too", () =>
      withRequest(subject, async (request) => {
        const limits = { ...LIMITS, maxOutputBytes: FLOOD_LIMIT };
        const running = flooding().run({ ...request, limits });
        assert.equal(await kindOf(subject, running), "output-limit");
        const outcome = await running;
        assert.ok(!outcome.ok && outcome.error.outputBytes <= FLOOD_LIMIT);
        for (const file of await readdir(request.outputFolder)) {
          const { size } = await stat(path.join(request.outputFolder, file));
          assert.ok(size <= FLOOD_LIMIT, `${file} has ${size} bytes`);
        }
      }));
};
