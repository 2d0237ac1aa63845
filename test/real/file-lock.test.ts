import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "../../src/adapters/shared/file-lock.ts";
import { newClaim } from "../../src/adapters/shared/lock-claims.ts";
import { KERNEL } from "../../src/adapters/shared/process-identity.ts";
import { compileChildren } from "./artifacts-children/compile.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "wg-lock-"));
  folder = path.join(home, "locks", "one");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A claim that is there already. */
function claimed(name: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, "");
  return file;
}
/** Of a machine or container that is not this one, by a process id that lives here or not. */
const FOREIGN = `${KERNEL === "00000000" ? "11111111" : "00000000"}-1-1-0123456789abcdef`;
const impatient = { patienceMs: 150, leaseMs: 60_000 };
const locked = { code: "PROJECT_NOT_WRITABLE" };

test("one at a time, however many want it, and nothing is left of the lock", async () => {
  let inside = 0;
  let most = 0;
  let done = 0;
  const use = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    inside -= 1;
    done += 1;
  };
  const patient = { patienceMs: 200_000, leaseMs: 60_000 };
  const takeTurns = async () => {
    for (let turn = 0; turn < 8; turn++) await withFileLock(folder, use, patient);
  };
  await Promise.all(Array.from({ length: 16 }, takeTurns));
  expect([most, done]).toEqual([1, 128]);
  expect(existsSync(folder)).toBe(process.platform === "win32");
});

test("within a process they go on in the order they came, and who waits too long is told", async () => {
  const order: string[] = [];
  const use = (name: string, patienceMs: number) =>
    withFileLock(
      folder,
      async () => {
        order.push(name);
        await wait(30);
      },
      { patienceMs, leaseMs: 60_000 },
    );
  const late = use("first", 5_000).then(() => use("last", 5_000));
  const [, second, hasty, third] = await Promise.allSettled([
    late,
    use("second", 5_000),
    use("hasty", 10),
    use("third", 5_000),
  ]);
  expect(order).toEqual(["first", "second", "third", "last"]);
  expect([second.status, third.status]).toEqual(["fulfilled", "fulfilled"]);
  expect(hasty).toMatchObject({ status: "rejected", reason: locked });
});

test("the claim of another machine or container is respected, whatever its process id is here", async () => {
  const claim = claimed(FOREIGN);
  const refused = withFileLock(folder, async () => "in", impatient);
  await expect(refused).rejects.toMatchObject({
    ...locked,
    message: expect.stringContaining("another machine or container"),
  });
  expect(readdirSync(folder)).toEqual([path.basename(claim)]);
});

test("one that gives no sign of life any more is taken over", async () => {
  claimed(FOREIGN);
  const times = { patienceMs: 30_000, leaseMs: 80 };
  expect(await withFileLock(folder, async () => readdirSync(folder).length, times)).toBe(1);
});

test("one that does is not, however long it takes", async () => {
  const claim = claimed(FOREIGN);
  const signs = setInterval(() => utimesSync(claim, new Date(), new Date()), 20);
  const times = { patienceMs: 600, leaseMs: 200 };
  await expect(withFileLock(folder, async () => "in", times)).rejects.toMatchObject(locked);
  clearInterval(signs);
});

test("who holds the lock gives signs of life", async () => {
  const held = withFileLock(
    folder,
    async () => {
      const [claim = ""] = readdirSync(folder);
      const file = path.join(folder, claim);
      utimesSync(file, 1, 1);
      // The test's own time limit ends the wait.
      while (statSync(file).mtimeMs === 1_000) await wait(5);
      return "seen";
    },
    { patienceMs: 1_000, leaseMs: 100 },
  );
  expect(await held).toBe("seen");
});

test("of this machine's processes a live one is respected, a dead or different one is not", async () => {
  claimed(await newClaim());
  await expect(withFileLock(folder, async () => "in", impatient)).rejects.toMatchObject(locked);
  rmSync(folder, { recursive: true });
  claimed(`${KERNEL}-${process.pid}-1-0123456789abcdef`);
  const { pid } = spawnSync("true");
  claimed(`${KERNEL}-${pid}-1-0123456789abcdef`);
  expect(await withFileLock(folder, async () => "in", impatient)).toBe("in");
});

const sayKernel = () => compileChildren(path.join(home, "programs"))("say-kernel");
/** Run in namespaces of its own; undefined where that is not allowed. */
function kernelIn(namespaces: readonly string[], command: string): string | undefined {
  const { status, stdout } = spawnSync("unshare", [...namespaces, "sh", "-c", command], {
    encoding: "utf8",
  });
  return status === 0 ? stdout : undefined;
}

test.skipIf(process.platform !== "linux")(
  "another process id namespace is another kernel, another host name is not",
  () => {
    const say = `"${process.execPath}" "${sayKernel()}"`;
    const renamed = kernelIn(["--uts"], `hostname renamed && ${say}`);
    const container = kernelIn(["--pid", "--fork", "--mount-proc"], say);
    if (renamed === undefined || container === undefined)
      return console.warn("skipped: making namespaces is not allowed here");
    expect(renamed).toBe(KERNEL);
    expect(container).toMatch(/^[0-9a-f]{8}$/);
    expect(container).not.toBe(KERNEL);
  },
);
