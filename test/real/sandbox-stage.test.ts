/** A planning stage of the built program whose agents are in sandboxes (AG-04): what they reach and leave, and what is said where there is no sandbox. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { goodAnswer, SMALL_SPEC } from "../../src/testing/small-planning.ts";
import { createCliHarness, lastJson } from "./cli-harness.ts";
import { noSandbox } from "./sandbox-fixture.ts";

const KEY = "sk-ant-of-a-stage-0123456789abcdef";

/** Asks its model what to answer; on the way it tries to change the project and to find the key. */
const AGENT = `import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
const tried = (act) => { try { act(); return "done"; } catch (error) { return error.code; } };
const report = {
  role: process.env.WAVEGATE_ROLE,
  wrote: [tried(() => writeFileSync("new", "x")), tried(() => appendFileSync("agent.mjs", "//"))],
  audit: tried(() => readFileSync(".wavegate/audit.jsonl")),
  key: process.env.ANTHROPIC_API_KEY,
};
const answer = await fetch(process.env.ANTHROPIC_BASE_URL + "/v1/messages", {
  method: "POST",
  headers: { "x-api-key": process.env.ANTHROPIC_API_KEY },
  body: JSON.stringify(report),
});
console.log(await answer.text());
`;

interface Report {
  readonly role: string;
  readonly wrote: readonly string[];
  readonly audit: string;
  readonly key: string;
}

let cli: ReturnType<typeof createCliHarness>;
let model: http.Server;
let asked: { readonly key: unknown; readonly report: Report }[] = [];
let env: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  cli = createCliHarness({ ordinary: true });
  cli.write("specs/001/spec.md", SMALL_SPEC);
  cli.write("agent.mjs", AGENT);
  cli.write(".env", "TOKEN=of-the-project");
  model = http.createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const report = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Report;
    asked.push({ key: request.headers["x-api-key"], report });
    response.end(JSON.stringify(goodAnswer(report)));
  });
  model.listen(0, "127.0.0.1");
  await once(model, "listening");
  const address = model.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` };
});
afterAll(async () => {
  model.closeAllConnections();
  model.close();
  await cli.close();
});
beforeEach(() => {
  asked = [];
});

const configure = (mode: string) =>
  cli.write(
    "wavegate.config.yaml",
    `agents:
  held:
    command: [node, agent.mjs]
    pass-env: ["ANTHROPIC_*"]
    sandbox: { mode: ${mode}, endpoints: ["${env["ANTHROPIC_BASE_URL"] ?? ""}"] }
`,
  );
const plan = (more: Readonly<Record<string, string>> = {}) =>
  cli.run(["plan", "specs/001", "--agent", "held", "--json"], { env: { ...env, ...more } });

/** Digest of every file of the user's. */
const project = () =>
  readdirSync(cli.project, { recursive: true, encoding: "utf8" })
    .filter(
      (name) => !name.startsWith(".wavegate") && statSync(path.join(cli.project, name)).isFile(),
    )
    .toSorted()
    .map((name) => {
      const hash = createHash("sha256").update(readFileSync(path.join(cli.project, name)));
      return `${name} ${hash.digest("hex")}`;
    });

const shown = async () => {
  const { run, sandboxes } = lastJson(await cli.run(["show", "latest", "--json"])) as {
    readonly run: { readonly state: string };
    readonly sandboxes: readonly unknown[];
  };
  return { state: run.state, sandboxes };
};

describe.skipIf(noSandbox !== undefined)("with a sandbox", () => {
  test("every role asks its model with a key that it never sees, and the project stays as it was", async () => {
    configure("required");
    const before = project();
    const ran = await plan();
    expect([ran.code, ran.stderr]).toEqual([4, expect.not.stringContaining("NO SANDBOX")]);
    expect(new Set(asked.map(({ report }) => report.role)).size).toBe(7);
    for (const { key, report } of asked) {
      expect(key).toBe(KEY);
      expect(report).toMatchObject({ wrote: ["EROFS", "EROFS"], audit: "ENOENT" });
      expect(report.key).toMatch(/^wavegate-anthropic-api-key-[0-9a-f]{24}$/);
    }
    expect(project()).toEqual(before);
    expect(await shown()).toMatchObject({
      state: "at a gate",
      sandboxes: [
        { agents: ["held"], mode: "required", by: expect.stringContaining("bubblewrap") },
      ],
    });
    const found = execFileSync("sh", ["-c", `grep -rl "${KEY}" .wavegate || true`], {
      cwd: cli.project,
      encoding: "utf8",
    });
    expect(found).toBe("");
  });

  test("doctor makes one and can't get out of it", async () => {
    const doctor = await cli.run(["doctor", "--json"], { env });
    const { checks } = lastJson(doctor) as {
      readonly checks: readonly { readonly name: string; readonly state: string }[];
    };
    const sandbox = checks.filter(({ name }) => name.startsWith("sandbox"));
    expect(sandbox).toHaveLength(19);
    expect(sandbox.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(checks).toContainEqual(
      expect.objectContaining({ name: "agent held", detail: `${process.version}, in a sandbox` }),
    );
  });
});

describe("without one", () => {
  const none = { WAVEGATE_BWRAP: "/nowhere/bwrap" };

  test("what is required is refused with an exit code of its own, before anything starts", async () => {
    configure("required");
    const refused = await plan(none);
    expect(refused.code).toBe(10);
    expect(lastJson(refused)).toMatchObject({
      error: {
        code: "SANDBOX_UNAVAILABLE",
        message: expect.stringContaining("Agent held must run in a sandbox"),
        place: { file: "wavegate.config.yaml" },
      },
    });
    expect(asked).toEqual([]);
  });

  test("what is preferred runs without, says so once and records it", async () => {
    configure("preferred");
    const ran = await plan(none);
    expect(ran.code).toBe(4);
    expect(ran.stderr.match(/NO SANDBOX/g)).toHaveLength(1);
    expect(ran.stderr).toContain("NO SANDBOX for held: ");
    expect(asked.length).toBeGreaterThanOrEqual(7);
    expect((await shown()).sandboxes).toEqual([
      expect.objectContaining({ agents: ["held"], by: null, reason: expect.any(String) }),
    ]);
    const text = await cli.run(["show", "latest"]);
    expect(text.stdout).toContain("held WITHOUT a sandbox");
  });
});
