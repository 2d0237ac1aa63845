import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { kindOf, withRequest } from "./request.ts";
import type { Cases } from "./subject.ts";

const SECRET = "contract-secret-0123456789";
const MASK = "[taken out]";

/** Secrets in raw output, and agents that cannot run here. */
export const troubleCases: Cases = (subject, test) => {
  const { leaking, unavailable } = subject;
  if (leaking !== undefined)
    test("raw output is kept only as its filter lets it through", () =>
      withRequest(subject, async (request) => {
        await leaking(SECRET, maskingFilter).run(request);
        const files = await readdir(request.outputFolder, { recursive: true, withFileTypes: true });
        const kept = await Promise.all(
          files
            .filter((file) => file.isFile())
            .map((file) => readFile(path.join(file.parentPath, file.name), "utf8")),
        );
        assert.ok(!kept.join("\n").includes(SECRET), "the secret is in the output folder");
        assert.ok(kept.join("\n").includes(MASK), "no raw output was kept");
      }));

  if (unavailable !== undefined)
    test("an agent that cannot run says why and what to do, before and when it is asked", () =>
      withRequest(subject, async (request) => {
        const agent = unavailable();
        const { availability } = await agent.describe();
        assert.ok(!availability.available, "it says it can run");
        const { reason, hint } = availability;
        for (const text of [reason, hint]) assert.notEqual(text.trim(), "");
        const running = agent.run(request);
        assert.equal(await kindOf(subject, running), "not-installed");
        const outcome = await running;
        const message = outcome.ok ? "" : outcome.error.message;
        for (const text of [reason, hint])
          assert.ok(message.includes(text), `the failure doesn't say "${text}" but: ${message}`);
      }));
};

/** Holds everything back to its end, so that a secret split over two chunks is found, too. */
function maskingFilter(): Transform {
  const chunks: Buffer[] = [];
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
    flush(done) {
      done(null, Buffer.concat(chunks).toString("utf8").replaceAll(SECRET, MASK));
    },
  });
}
