/** A server that was away is found again soon after it is back, however long that took. */
import { withDbRetry } from "@dbos-inc/dbos-sdk/internal/system_database";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { openSocket } from "../../../src/adapters/engine/database.ts";
import { openPatiently } from "../../../src/adapters/engine/open-patiently.ts";

// Loading it says how DBOS waits.
beforeAll(async () => void (await import("../../../src/adapters/engine/dbos-runtime.ts")));
afterEach(() => void vi.useRealTimers());

test.each([1_000, 60_000, 600_000])(
  "away for %d ms: what DBOS asks is asked again in time",
  async (awayMs) => {
    vi.useFakeTimers({ now: 0 });
    const answered = withDbRetry(async () => {
      if (Date.now() >= awayMs) return Date.now();
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    });
    await vi.advanceTimersByTimeAsync(awayMs + 120_000);
    expect((await answered) - awayMs).toBeLessThan(2_000);
  },
);

test.each([
  ["a line that was cut while something was written to it", "write", "EPIPE"],
  ["a socket that is not there while the server restarts", "connect", "ENOENT"],
])("%s is a server that is away", async (_, syscall, code) => {
  const socket = openSocket();
  const cut = Object.assign(new Error(`${syscall} ${code}`), { syscall, code });
  const heard = new Promise<Error>((resolve) => void socket.on("error", resolve));
  socket.destroy(cut);
  const error = await heard;
  let asked = 0;
  vi.useFakeTimers({ now: 0 });
  const answered = withDbRetry(async () => {
    asked += 1;
    if (asked === 1) throw error;
    return asked;
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await answered).toBe(2);
});

test("a worker whose connection is cut while it comes up comes up again; what is no cut is told at once", async () => {
  const cut = new Error(
    "Failed to initialize workflow executor: Client has encountered a connection error and is not queryable",
  );
  let opened = 0;
  const open = async () => {
    opened += 1;
    if (opened < 3) throw cut;
    return opened;
  };
  expect(await openPatiently(open, () => true)).toBe(3);
  await expect(
    openPatiently(
      () => Promise.reject(cut),
      () => false,
    ),
  ).rejects.toMatchObject({
    code: "DATABASE_UNAVAILABLE",
  });
  const mistake = new Error("relation does not exist");
  await expect(
    openPatiently(
      () => Promise.reject(mistake),
      () => true,
    ),
  ).rejects.toBe(mistake);
});
