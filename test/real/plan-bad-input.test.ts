/** The rows of the bad-input table of plans that need a disk (test/unit/cli/plan-bad-input.test.ts has the others), with the real adapters. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";
import { checkBadPlan } from "../unit/cli/bad-plans.ts";
import { runInProcess } from "../unit/cli/harness.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-bad-"));
  mkdirSync(path.join(root, ".git"));
  mkdirSync(path.join(root, "docs/plans"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Row {
  readonly name: string;
  readonly make: (file: string) => void | Promise<void>;
  readonly code: "PLAN_UNREADABLE" | "USAGE" | "PLAN_NOT_FOUND";
  readonly place?: { readonly line: number; readonly column?: number };
  readonly hint: RegExp;
}

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => servers.forEach((server) => server.close()));

const TABLE: readonly Row[] = [
  { name: "a folder", make: (file) => mkdirSync(file), code: "PLAN_UNREADABLE", hint: /file/ },
  {
    name: "a circle of links",
    make: (file) => {
      symlinkSync(`${file}.other`, file);
      symlinkSync(file, `${file}.other`);
    },
    code: "PLAN_UNREADABLE",
    hint: /links/,
  },
  {
    name: "a pipe",
    make: (file) => void execFileSync("mkfifo", [file]),
    code: "PLAN_UNREADABLE",
    hint: /file/,
  },
  {
    name: "a socket",
    make: async (file) => {
      const server = createServer();
      servers.push(server);
      await new Promise<void>((done) => server.listen(file, done));
    },
    code: "PLAN_UNREADABLE",
    hint: /file/,
  },
  {
    name: "a link to a device",
    make: (file) => symlinkSync("/dev/zero", file),
    code: "USAGE",
    hint: /project/,
  },
  {
    name: "a link out of the project",
    make: (file) => symlinkSync(import.meta.filename, file),
    code: "USAGE",
    hint: /project/,
  },
  {
    name: "a link to what is not there",
    make: (file) => symlinkSync("nowhere.md", file),
    code: "PLAN_NOT_FOUND",
    hint: /path/,
  },
  {
    name: "more than 32 MiB",
    make: (file) => {
      writeFileSync(file, "");
      truncateSync(file, 32 * 2 ** 20 + 1);
    },
    code: "PLAN_UNREADABLE",
    hint: /Split/,
  },
  {
    name: "a line of 64 MB",
    make: (file) => writeFileSync(file, Buffer.alloc(64e6, "x")),
    code: "PLAN_UNREADABLE",
    hint: /Split/,
  },
  {
    name: "not UTF-8",
    make: (file) => writeFileSync(file, Buffer.from([0x61, 0x0a, 0x62, 0xff])),
    code: "PLAN_UNREADABLE",
    place: { line: 2, column: 2 },
    hint: /UTF-8/,
  },
  {
    name: "UTF-16",
    make: (file) => writeFileSync(file, Buffer.from("\uFEFF- [ ] 1.1 a", "utf16le")),
    code: "PLAN_UNREADABLE",
    hint: /iconv/,
  },
];

const isRoot = process.getuid?.() === 0;
const LOCKED: readonly Row[] = isRoot
  ? []
  : [
      {
        name: "no permission",
        make: (file) => {
          writeFileSync(file, "x");
          chmodSync(file, 0);
        },
        code: "PLAN_UNREADABLE",
        hint: /right/,
      },
    ];

test.each([...TABLE, ...LOCKED].map((row, index) => ({ ...row, index })))(
  "$name",
  async ({ name, make, code, place, hint, index }) => {
    const file = `docs/plans/bad-${index}.md`;
    await make(path.join(root, file));
    const open = async () => openApp({ cwd: root, env: {} });
    for (const args of [
      ["status", file],
      ["tick", file, "1.1"],
      ["start", file, "1.1"],
    ]) {
      const exit = code === "USAGE" ? 2 : 1;
      const outcome = await runInProcess(["plans", ...args, "--json"], open, { cwd: root });
      checkBadPlan({ name, args, exit, code, place: { file, ...place }, hint }, outcome);
    }
    expect(existsSync(path.join(root, "docs/plan-outputs"))).toBe(false);
  },
);
