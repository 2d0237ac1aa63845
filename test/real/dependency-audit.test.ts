/** Known holes of dependencies, asked of real npm against registries on loopback, and of programs that answer like the other tools. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDependencyAudit } from "../../src/adapters/dependency-audit/dependency-audit.ts";

const LOCK = "package-lock.json";
let root: string;
let server: Server | undefined;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-audit-"));
  mkdirSync(path.join(root, "bin"));
  mkdirSync(path.join(root, "home"));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(root, { recursive: true });
});

const put = (name: string, value: unknown) =>
  writeFileSync(
    path.join(root, name),
    typeof value === "string" ? value : JSON.stringify(value, undefined, 2),
  );

/** A project that pins one package, at a registry of its own. */
function npmProject(registry: string): void {
  const dependencies = { minimist: "1.2.0" };
  put("package.json", { name: "mine", version: "1.0.0", dependencies });
  put(LOCK, {
    name: "mine",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "mine", version: "1.0.0", dependencies },
      "node_modules/minimist": { version: "1.2.0" },
    },
  });
  put(".npmrc", `registry=${registry}\n`);
}

async function listen(listener: RequestListener): Promise<string> {
  const made = createServer(listener);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/`;
}

const audit = (lockfiles: readonly string[] = [LOCK], timeoutMs = 30_000) =>
  createDependencyAudit({
    root,
    timeoutMs,
    env: {
      PATH: `${path.join(root, "bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
      HOME: path.join(root, "home"),
    },
  }).audit(lockfiles.map((one) => ({ path: one })));

const ADVISORY = {
  id: 1179,
  url: "https://advisories.example/GHSA-1",
  title: "Prototype pollution",
  severity: "critical",
  vulnerable_versions: "<1.2.6",
  cwe: ["CWE-1321"],
  cvss: { score: 9.8, vectorString: null },
};

describe("npm", () => {
  test("a hole that the registry knows of is found, and only names and versions are sent", async () => {
    const sent: string[] = [];
    const registry = await listen((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts);
        const zipped = request.headers["content-encoding"] === "gzip";
        sent.push(
          `${request.method} ${request.url} ${(zipped ? gunzipSync(body) : body).toString()}`,
        );
        const versions = Object.fromEntries(
          ["1.2.0", "1.2.8"].map((version) => [version, { name: "minimist", version }]),
        );
        response.setHeader("content-type", "application/json");
        response.end(
          JSON.stringify(
            request.url?.endsWith("/advisories/bulk")
              ? { minimist: [ADVISORY] }
              : { name: "minimist", "dist-tags": { latest: "1.2.8" }, versions },
          ),
        );
      });
    });
    npmProject(registry);
    expect(await audit()).toEqual({
      done: true,
      note: "package-lock.json: asked by npm audit, 1 known hole",
      holes: [
        {
          lockfile: LOCK,
          package: "minimist",
          severity: "critical",
          title: "Prototype pollution",
          affected: "<1.2.6",
          source: "https://advisories.example/GHSA-1",
          direct: true,
          fix: expect.stringMatching(/^(?:npm audit fix|minimist 1\.2\.8)$/) as string,
        },
      ],
    });
    expect(sent[0]).toBe('POST /-/npm/v1/security/advisories/bulk {"minimist":["1.2.0"]}');
    expect(sent.slice(1).every((one) => one.startsWith("GET /minimist"))).toBe(true);
  });

  test("a registry without the endpoint is no audit, and the reason is said", async () => {
    npmProject(
      await listen((request, response) => {
        request.resume();
        response.statusCode = 405;
        response.end();
      }),
    );
    const { done, note, holes } = await audit();
    expect([done, holes]).toEqual([false, []]);
    expect(note).toMatch(/^package-lock\.json: not audited: the registry answered 405 Method Not/);
  });

  test("a registry that does not answer in time, and one that is not there", async () => {
    npmProject(await listen((request) => request.resume()));
    expect(await audit([LOCK], 2_500)).toMatchObject({
      done: false,
      note: "package-lock.json: not audited: npm did not answer within 3 s",
    });
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    const gone = await audit();
    expect(gone).toMatchObject({ done: false, holes: [] });
    expect(gone.note).toMatch(/not audited: .*ECONNREFUSED/);
  });
});

/** A program that prints an answer, as an audit does that found something, and keeps what it was asked. */
function tool(name: string, answer: unknown): void {
  const file = path.join(root, "bin", name);
  put(`bin/${name}.json`, answer);
  writeFileSync(file, `#!/bin/sh\necho "$@" > "$0.args"\ncat "$0.json"\nexit 1\n`);
  chmodSync(file, 0o755);
}

describe.skipIf(process.platform === "win32")("other tools", () => {
  test("pip-audit and cargo audit are asked where they are there, and one lockfile keeps no other from being audited", async () => {
    tool("pip-audit", {
      dependencies: [
        { name: "sound", version: "1", vulns: [] },
        {
          name: "flask",
          version: "0.5",
          vulns: [
            {
              id: "PYSEC-1",
              aliases: ["CVE-1"],
              fix_versions: ["1.0"],
              description: "Denial of service\nby a large body.",
            },
          ],
        },
      ],
      fixes: [],
    });
    tool("cargo-audit", {
      vulnerabilities: {
        found: true,
        count: 1,
        list: [
          {
            advisory: { id: "RUSTSEC-1", title: "Data race", url: "https://rust.example/1" },
            versions: { patched: [">=0.2"], unaffected: [] },
            package: { name: "smol", version: "0.1.0" },
          },
        ],
      },
    });
    const { done, note, holes } = await audit(["requirements.txt", "Cargo.lock", "go.sum"]);
    expect(done).toBe(false);
    expect(note).toBe(
      "requirements.txt: asked by pip-audit, 1 known hole; Cargo.lock: asked by cargo audit, 1 known hole; go.sum: not audited: no tool is known for it",
    );
    expect(
      holes.map((hole) => `${hole.package} ${hole.affected}: ${hole.title}, ${hole.fix}`),
    ).toEqual(["flask 0.5: Denial of service, flask 1.0", "smol 0.1.0: Data race, smol >=0.2"]);
  });

  test("a tool that is missing or says something else is no audit", async () => {
    tool("pip-audit", "something else");
    expect((await audit(["requirements.txt"])).note).toBe(
      "requirements.txt: not audited: pip-audit gave no answer",
    );
    rmSync(path.join(root, "bin/pip-audit"));
    const { note } = await createDependencyAudit({
      root,
      env: { PATH: path.join(root, "bin") },
    }).audit([{ path: "requirements.txt" }]);
    expect(note).toBe("requirements.txt: not audited: pip-audit is not installed");
  });
});
