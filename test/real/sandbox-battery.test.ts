/** Attempts to escape from the sandbox on this machine (F-22): all of them fail, and each would be seen if it did not. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runBattery } from "../../src/adapters/sandbox/battery/run-battery.ts";
import { bubblewrapHere, noSandbox } from "./sandbox-fixture.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-battery-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A bubblewrap that leaves something out of what it is asked for. */
function weakened(replace: string) {
  const file = path.join(folder, "bwrap");
  writeFileSync(
    file,
    `#!/usr/bin/env node
const { spawnSync } = require("node:child_process");
let args = process.argv.slice(2);
${replace}
const { status } = spawnSync(${JSON.stringify(bubblewrapHere)}, args, { stdio: "inherit" });
process.exit(status ?? 1);
`,
  );
  chmodSync(file, 0o755);
  return async () => ({ ok: true, value: { file, version: "weakened" } }) as const;
}

const without = (...words: readonly string[]) => `
  const gone = ${JSON.stringify(words)};
  const at = args.findIndex((_, index) => gone.every((word, next) => args[index + next] === word));
  args.splice(at, gone.length);`;

const outcomes = async (bubblewrap: Parameters<typeof runBattery>[0]["bubblewrap"]) => {
  const attempts = await runBattery({ bubblewrap, env: process.env });
  return new Map(attempts.map(({ name, outcome, detail }) => [name, `${outcome}: ${detail}`]));
};

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("wavegate-escape-"));

describe.skipIf(noSandbox !== undefined)("attempts to escape", () => {
  test("all fail, and leave nothing behind", async () => {
    const file = bubblewrapHere ?? "";
    const found = await outcomes(async () => ({ ok: true, value: { file, version: "" } }));
    expect([...found].filter(([, outcome]) => !outcome.startsWith("held"))).toEqual([]);
    expect(found.size).toBe(18);
    expect(leftovers()).toEqual([]);
  });

  test("are seen where the network is shared", async () => {
    const shared = `args = args.flatMap((word) => word === "--unshare-all" ? ["--unshare-pid", "--unshare-uts"] : [word]);`;
    const found = await outcomes(weakened(shared));
    expect(found.get("reach servers of this machine")).toMatch(/^escaped/);
    expect(found.get("write outside")).toMatch(/^held/);
  });

  test("are seen where the state folder and secrets are shown", async () => {
    const found = await outcomes(
      weakened(`
        for (let at; (at = args.findIndex((word, index) => word === "--perms" && args[index + 5]?.endsWith("/.wavegate"))) >= 0; )
          args.splice(at, 6);
        args = args.filter((word, index) => !(args[index - 1] === "--remount-ro" && word.endsWith("/.wavegate")));
        args = args.filter((word, index) => !(word === "--remount-ro" && args[index + 1] === "--remount-ro"));`),
    );
    expect(found.get("read secrets and state of the project")).toMatch(/^escaped.*audit/);
  });

  // Who is not root has no right to these files in any case.
  test.skipIf(process.getuid?.() !== 0)("are seen where root could change the kernel", async () => {
    const found = await outcomes(weakened(without("--ro-bind", "/proc/sys", "/proc/sys")));
    expect(found.get("change settings of the kernel")).toMatch(/^escaped/);
  });

  test("are seen where a further user namespace is allowed, or processes outlive it", async () => {
    const found = await outcomes(weakened(without("--disable-userns")));
    expect(found.get("make a user namespace")).toMatch(/^escaped/);
  });

  test("fail visibly where no sandbox comes about", async () => {
    const found = await outcomes(weakened("process.exit(1);"));
    expect([...found.values()].some((outcome) => outcome.startsWith("failed"))).toBe(true);
    expect(existsSync(folder)).toBe(true);
  });
});
