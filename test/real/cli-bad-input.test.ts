/** The bad-input table: each case says code, place, hint and exit code, and loses nothing. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, lastJson, SPEC } from "./cli-harness.ts";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
});
afterAll(() => cli.close());

const MEBIBYTE = 1_048_576;
const cases: readonly [name: string, content: string | Uint8Array | undefined, code: string][] = [
  ["missing", undefined, "SPEC_NOT_FOUND"],
  ["empty", "", "SPEC_INVALID"],
  ["blank", "\n \n\t\n", "SPEC_INVALID"],
  ["binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff, 0]), "SPEC_UNREADABLE"],
  ["huge", new Uint8Array(50 * MEBIBYTE).fill(97), "SPEC_UNREADABLE"],
  ["no spec", "# Shopping list\n\n- milk\n- eggs\n", "SPEC_INVALID"],
  ["JSON", '{"name": "x"}\n', "SPEC_INVALID"],
  [
    "no requirements",
    SPEC.replace(/### User Story[^]*?(?=## Req)/, "").replaceAll(/- \*\*(?:FR|SC).*\n/g, ""),
    "SPEC_INVALID",
  ],
];

test.each(cases)(
  "a spec that is %s: refused before anything starts",
  async (name, content, code) => {
    const file = `specs/${name.replaceAll(" ", "-")}/spec.md`;
    if (content !== undefined) cli.write(file, content);
    const report = { place: { file }, hint: expect.stringMatching(/\w{3}/) as unknown };
    const planned = await cli.run(["plan", file, "--json"]);
    expect(lastJson(planned)).toMatchObject({ error: { code, ...report } });
    const checked = await cli.run(["check", file, "--json"]);
    // What can be read is checked: its problems are the result, not an error.
    const { error, diagnostics } = lastJson(checked) as {
      error?: unknown;
      diagnostics?: readonly { readonly severity: string }[];
    };
    expect(error ?? diagnostics?.find(({ severity }) => severity === "error")).toMatchObject(
      report,
    );
    for (const outcome of [planned, checked])
      expect(outcome).toMatchObject({ code: 1, stderr: "" });
    expect(existsSync(path.join(cli.project, ".wavegate"))).toBe(false);
  },
);

test("for people, the same is one error with place and hint", async () => {
  const refused = await cli.run(["plan", "specs/nowhere"]);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^error SPEC_NOT_FOUND: .+\n {2}at specs\/nowhere\n {2}hint: \w+/);
});

test.each([
  [["plan", "/etc/hostname"], "USAGE", 2],
  [["plan", "specs/good", "--agent", "nobody"], "AGENT_UNKNOWN", 1],
  [["show", "no-such-run"], "RUN_NOT_FOUND", 1],
  [["watch", "latest"], "RUN_NOT_FOUND", 1],
  [["resume", "no-such-run"], "RUN_NOT_FOUND", 1],
  [["cancel", "no-such-run"], "RUN_NOT_FOUND", 1],
  [["logs", "no-such-run"], "RUN_NOT_FOUND", 1],
  [["approve", "no-such-run", "--digest", "abcdef"], "RUN_NOT_FOUND", 1],
  [["approve", "--digest", "abcdef"], "USAGE", 2],
] as const)("%j ends with %s", async (args, code, exit) => {
  cli.write("specs/good/spec.md", SPEC);
  const refused = await cli.run([...args, "--json"]);
  expect(lastJson(refused)).toMatchObject({
    error: { code, hint: expect.stringMatching(/\w{3}/) },
  });
  expect(refused.code).toBe(exit);
});

test("a server that is not there: DATABASE_UNAVAILABLE, and the password is not shown", async () => {
  const before = process.env["WAVEGATE_DATABASE_URL"];
  process.env["WAVEGATE_DATABASE_URL"] = "postgresql://ada:s3cret@127.0.0.1:9/none";
  try {
    const refused = await cli.run(["runs"]);
    expect(refused.stderr).toMatch(/^error DATABASE_UNAVAILABLE: /m);
    expect(refused.stderr).not.toContain("s3cret");
    expect(refused.code).toBe(1);
  } finally {
    if (before === undefined) delete process.env["WAVEGATE_DATABASE_URL"];
    else process.env["WAVEGATE_DATABASE_URL"] = before;
  }
});

/** Root may write anywhere, so as root the program is run as nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534 } : {};

test("a project that may not be written: PROJECT_NOT_WRITABLE, nothing left behind", async () => {
  const cwd = path.join(cli.folder, "read-only");
  mkdirSync(path.join(cwd, "specs/good"), { recursive: true });
  mkdirSync(path.join(cwd, ".specify"));
  writeFileSync(path.join(cwd, "specs/good/spec.md"), SPEC);
  chmodSync(cwd, 0o555);
  // The database lies beside, where that user may write.
  mkdirSync(cli.home, { recursive: true });
  if ("uid" in NOBODY) chownSync(cli.home, 65_534, 65_534);
  const refused = await cli.run(["plan", "specs/good", "--json"], { cwd, ...NOBODY });
  chmodSync(cwd, 0o755);
  expect(lastJson(refused)).toMatchObject({
    error: { code: "PROJECT_NOT_WRITABLE", hint: expect.stringMatching(/\w{3}/) },
  });
  expect(refused.code).toBe(1);
  expect(readdirSync(cwd).toSorted()).toEqual([".specify", "specs"]);
});
