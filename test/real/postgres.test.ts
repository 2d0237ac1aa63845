/** PostgreSQL of our own, found, set up, started and shared (UX-04). */
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  buildInto,
  call,
  clean,
  isAlive,
  isRoot,
  OPEN,
  ORDINARY,
  pidOf,
  processesIn,
  STOP,
  temporaryFolder,
  until,
  type Person,
  type Running,
} from "./postgres-processes.ts";

let built = "";
/** Homes as a first run leaves them, by whom: made once, then copied, since a setup takes most of a test's time. */
let templates = "";
beforeAll(() => {
  built = temporaryFolder();
  buildInto(built);
  templates = temporaryFolder();
});
afterAll(() => {
  for (const made of [built, templates]) rmSync(made, { recursive: true, force: true });
});

/** Who runs wavegate: ourselves, and, when we are root, an ordinary user as well. */
const PEOPLE: readonly (readonly [string, Person | undefined])[] = isRoot
  ? [
      ["root", undefined],
      ["an ordinary user", ORDINARY],
    ]
  : [["an ordinary user", undefined]];

const connected = async (url: string) => {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
};
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};
const watcherOf = (home: string) =>
  Number(readFileSync(path.join(home, "pg17/watch"), "utf8").split("\n")[0]);
const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = await connected(url);
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** How many processes hold the server; 0 where there is none. */
const holdsOn = async (url: string): Promise<number> => {
  const [row] = await query(
    url,
    "select count(*)::int as holds from pg_stat_activity where application_name = 'wavegate'",
  ).catch(() => []);
  return Object(row).holds ?? 0;
};

describe.each(PEOPLE)("embedded PostgreSQL, run by %s", (who, person) => {
  let folder = "";
  let home = "";
  let running: Running[] = [];
  beforeEach(() => {
    folder = temporaryFolder(person);
    home = path.join(folder, "home");
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.kill()));
    await stop({ force: true });
    await clean(folder);
  });

  const open = (env: Record<string, string> = {}) => {
    const one = call(built, OPEN, { dataHome: home }, { ...(person && { person }), env });
    running.push(one);
    return one;
  };
  const stop = async (options: { force?: boolean } = {}) => {
    const request = { dataHome: home, ...options };
    const one = call(built, STOP, request, { ...(person && { person }) });
    const answer = await one.answer;
    await one.close();
    return answer;
  };
  /** A database that was set up and has a row, and whose server is stopped. */
  const stoppedWithRow = async () => {
    const template = path.join(templates, who);
    if (existsSync(template)) {
      execFileSync("cp", ["-a", template, home]);
      return;
    }
    const one = open();
    const { url } = await one.answer;
    await query(url, "create table kept (value int)");
    await query(url, "insert into kept values (7)");
    await one.close();
    expect(await stop()).toMatchObject({ kind: "stopped" });
    execFileSync("cp", ["-a", home, template]);
  };
  /** How the next process finds the data. */
  const reopened = async () => {
    const { ok, startedNow, url, ...rest } = await open().answer;
    if (!ok) return rest;
    return { startedNow, rows: await query(url, "select value from kept") };
  };
  const ROW = { startedNow: true, rows: [{ value: 7 }] };

  test("sets up, starts, and is found running by the next process", async () => {
    const first = await open().answer;
    expect(first).toMatchObject({ ok: true, startedNow: true, version: /^17\./ });
    expect(await open().answer).toMatchObject({ ok: true, startedNow: false, url: first.url });
    const [row] = await query(
      first.url,
      "select current_user as who, current_setting('server_encoding') as enc, current_setting('data_checksums') as sums, current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp",
    );
    expect(row).toEqual({ who: "wavegate", enc: "UTF8", sums: "on", fsync: "on", tcp: "" });
    const modes = ["password", "data", "run"].map(
      (name) => statSync(path.join(home, "pg17", name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o700, 0o700]);
    // The password is asked for, even of those who can reach the socket.
    await expect(query(first.url.replace(/:[^:@/]+@/, ":wrong@"), "select 1")).rejects.toThrow(
      /password authentication failed/,
    );
  });

  test("keeps its data over stop and start, and refuses to stop under a client unless forced", async () => {
    await stoppedWithRow();
    expect(await stop()).toMatchObject({ kind: "not-running" });
    expect(await reopened()).toEqual(ROW);
    expect(await stop()).toMatchObject({ kind: "in-use", clients: 1 });
    expect(await stop({ force: true })).toMatchObject({ kind: "stopped" });
  });

  test("four processes at the same instant, the first time: one server, one starter", async () => {
    const answers = await Promise.all([open(), open(), open(), open()].map((one) => one.answer));
    expect(answers.flatMap(({ ok, message }) => (ok ? [] : [message]))).toEqual([]);
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
    expect(answers.filter(({ startedNow }) => startedNow)).toHaveLength(1);
    expect(readdirSync(home)).toEqual(["pg17"]);
  });

  test("four processes at the same instant, with data there: one server, one starter", async () => {
    await stoppedWithRow();
    const answers = await Promise.all([open(), open(), open(), open()].map((one) => one.answer));
    expect(answers.flatMap(({ ok, message }) => (ok ? [] : [message]))).toEqual([]);
    expect(answers.filter(({ startedNow }) => startedNow)).toHaveLength(1);
    expect(await query(answers[0]!.url, "select value from kept")).toEqual([{ value: 7 }]);
  });

  test.each(["nobody", "another program of the same account"])(
    "a pid file whose number belongs to %s now is cleared",
    async (whose) => {
      await stoppedWithRow();
      const owner = statSync(path.join(home, "pg17/data"));
      const other = spawn("sleep", ["600"], {
        uid: owner.uid,
        gid: owner.gid,
        cwd: "/",
        stdio: "ignore",
      });
      try {
        const pid = whose === "nobody" ? 4_194_000 : other.pid;
        const run = path.join(home, "pg17/run");
        const data = path.join(home, "pg17/data");
        const lines = [pid, data, 1_700_000_000, 5432, run, "", "  5432001    999999", "ready   "];
        writeFileSync(path.join(data, "postmaster.pid"), `${lines.join("\n")}\n`);
        writeFileSync(path.join(run, ".s.PGSQL.5432.lock"), `${lines.slice(0, 5).join("\n")}\n`);
        expect(await reopened()).toEqual(ROW);
        expect(isAlive(other.pid!)).toBe(true);
      } finally {
        other.kill("SIGKILL");
      }
    },
  );

  test("an empty pid file: of a server that died making it, or of one that is just making it", async () => {
    await stoppedWithRow();
    const pidFile = path.join(home, "pg17/data/postmaster.pid");
    writeFileSync(pidFile, "");
    utimesSync(pidFile, 1_700_000_000, 1_700_000_000);
    const one = open();
    expect(await one.answer).toMatchObject({ ok: true, startedNow: true });
    await one.close();
    await stop();
    writeFileSync(pidFile, "");
    const waiting = open();
    const log = path.join(home, "pg17", `start-${waiting.pid}.log`);
    // The first try has met the empty file; what it said is there for a moment.
    await until(() => readIfThere(log).includes("is empty"));
    rmSync(pidFile);
    expect(await waiting.answer).toMatchObject({ ok: true, startedNow: true });
  });

  test("kill -9 of the server: what was committed is there again", async () => {
    await stoppedWithRow();
    const holder = open();
    await holder.answer;
    await holder.kill();
    process.kill(pidOf(home), "SIGKILL");
    expect(await reopened()).toEqual(ROW);
  });

  test("kill -9 of the server under a process: it starts it again and holds it; a stop by force stays", async () => {
    await stoppedWithRow();
    const { url } = await open().answer;
    for (const _ of ["once", "twice"]) {
      const killed = pidOf(home);
      process.kill(killed, "SIGKILL");
      await until(async () => (await holdsOn(url)) === 1);
      expect(pidOf(home)).not.toBe(killed);
      expect(await query(url, "select value from kept")).toEqual([{ value: 7 }]);
    }
    expect(await stop({ force: true })).toMatchObject({ kind: "stopped" });
    const next = await open().answer;
    expect(next).toMatchObject({ ok: true, startedNow: true, url });
    await until(async () => (await holdsOn(url)) === 2);
  });

  test("kill -9 of the server while a child of it hangs: the child is ended, nothing else", async () => {
    await stoppedWithRow();
    const holder = open();
    const client = await connected((await holder.answer).url);
    await holder.kill();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const hanging = rows[0]!.pid;
    const bystander = spawn("sleep", ["600"], {
      cwd: path.join(home, "pg17/data"),
      stdio: "ignore",
    });
    try {
      // Stopped, it can't notice that its server is gone, and keeps its shared memory.
      process.kill(hanging, "SIGSTOP");
      process.kill(pidOf(home), "SIGKILL");
      expect(await reopened()).toEqual(ROW);
      expect(isAlive(hanging)).toBe(false);
      expect(isAlive(bystander.pid!)).toBe(true);
    } finally {
      bystander.kill("SIGKILL");
      await until(() => !isAlive(bystander.pid!));
    }
  });

  test.each(["our process", "initdb"])(
    "a setup killed in the middle (%s) is done anew",
    async (victim) => {
      const one = open();
      const initdb = await until(() =>
        processesIn(folder).find((pid) =>
          readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0]?.endsWith("initdb"),
        ),
      );
      if (victim === "initdb") {
        process.kill(initdb, "SIGKILL");
        expect(await one.answer).toMatchObject({ ok: false, code: "DATABASE_UNAVAILABLE" });
        expect(readdirSync(home)).toEqual([]);
      } else {
        await one.kill();
        expect(existsSync(path.join(home, "pg17"))).toBe(false);
        expect(readdirSync(home)).toHaveLength(1);
      }
      expect(await open().answer).toMatchObject({ ok: true, startedNow: true });
      await until(() => readdirSync(home).length === 1);
      expect(readdirSync(home)).toEqual(["pg17"]);
    },
  );

  test("kill -9 of the process that starts the server, at once: the next one goes on", async () => {
    await stoppedWithRow();
    const one = open();
    const starter = one.kill();
    await starter;
    const answer = await open().answer;
    expect(answer.ok).toBe(true);
    expect(await query(answer.url, "select value from kept")).toEqual([{ value: 7 }]);
  });

  test("a path too long for a socket", async () => {
    home = path.join(
      folder,
      "a-folder-with-a-long-name".repeat(3),
      "and-another-one".repeat(3),
      "home",
    );
    const answer = await open().answer;
    expect(answer).toMatchObject({ ok: true });
    const socketFolder = new URL(answer.url).searchParams.get("host")!;
    expect(socketFolder).toMatch(/^\/tmp\/wavegate-/);
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(await query(answer.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await stop({ force: true });
    rmSync(socketFolder, { recursive: true });
  });

  test("stops when idle, not before, and the watcher ends with it", async () => {
    await stoppedWithRow();
    const one = open({ WAVEGATE_DB_IDLE: "400ms" });
    const { url } = await one.answer;
    const server = pidOf(home);
    // Three idle times later a held server is still there.
    await query(url, "select pg_sleep(1.2)");
    expect(pidOf(home)).toBe(server);
    await one.close();
    await until(() => !isAlive(server));
    expect(pidOf(home)).toBe(0);
    expect(await open().answer).toMatchObject({ ok: true, startedNow: true });
  });

  test("a killed watcher is replaced by the next process", async () => {
    await stoppedWithRow();
    const first = open({ WAVEGATE_DB_IDLE: "400ms" });
    await first.answer;
    const killed = watcherOf(home);
    process.kill(killed, "SIGKILL");
    await until(() => !isAlive(killed));
    const second = open({ WAVEGATE_DB_IDLE: "400ms" });
    await second.answer;
    expect(watcherOf(home)).not.toBe(killed);
    await Promise.all([first.close(), second.close()]);
    await until(() => pidOf(home) === 0);
  });

  test("a process that stops the server and is killed before it does leaves no mark that counts", async () => {
    await stoppedWithRow();
    const first = await open().answer;
    writeFileSync(path.join(home, "pg17/stopping"), "4194000");
    expect(await open().answer).toMatchObject({ ok: true, startedNow: false, url: first.url });
    expect(existsSync(path.join(home, "pg17/stopping"))).toBe(false);
  });

  test("a data folder of a version there are no programs for", async () => {
    mkdirSync(path.join(home, "pg99/data"), { recursive: true });
    writeFileSync(path.join(home, "pg99/data/PG_VERSION"), "99\n");
    const answer = await open().answer;
    expect(answer).toMatchObject({ ok: false, code: "DATABASE_DATA_UNUSABLE" });
    expect(answer.message).toContain("made by PostgreSQL 99");
    expect(answer.hint).toContain("WAVEGATE_POSTGRES_BIN");
    expect(readdirSync(home)).toEqual(["pg99"]);
  });

  test.each([
    ["another version", "12\n", "belongs to PostgreSQL 12, not 17"],
    ["no version", undefined, "PG_VERSION is missing"],
  ])("a data folder with %s in it", async (_case, content, message) => {
    await stoppedWithRow();
    const file = path.join(home, "pg17/data/PG_VERSION");
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
    const answer = await open().answer;
    expect(answer).toMatchObject({ ok: false, code: "DATABASE_DATA_UNUSABLE" });
    expect(answer.message).toContain(message);
  });

  test("programs that are not there", async () => {
    const answer = await open({ WAVEGATE_POSTGRES_BIN: "/nowhere" }).answer;
    expect(answer).toMatchObject({ ok: false, code: "DATABASE_NOT_INSTALLED" });
    expect(answer.message).toContain("WAVEGATE_POSTGRES_BIN=/nowhere");
    expect(answer.hint).toContain("WAVEGATE_DATABASE_URL");
  });

  test("an idle time that is none", async () => {
    const answer = await open({ WAVEGATE_DB_IDLE: "soon" }).answer;
    expect(answer).toMatchObject({ ok: false, code: "CONFIG_INVALID" });
    expect(answer.message).toContain('"soon" is not a duration');
  });

  test("a password file that is not the server's", async () => {
    await stoppedWithRow();
    writeFileSync(path.join(home, "pg17/password"), "something else\n");
    const answer = await open().answer;
    expect(answer).toMatchObject({ ok: false, code: "DATABASE_UNAVAILABLE" });
    expect(answer.hint).toContain(path.join(home, "pg17/password"));
    expect(await stop()).toMatchObject({ kind: "stopped" });
  });
});

const INSTALLED = "/usr/lib/postgresql/15/bin";
describe("versions", () => {
  test.skipIf(!existsSync(path.join(INSTALLED, "postgres")))(
    "a folder made by an installed PostgreSQL 15 is not left behind for the newer npm programs",
    async () => {
      const folder = temporaryFolder();
      const request = { dataHome: path.join(folder, "home") };
      const first = call(built, OPEN, request, { env: { WAVEGATE_POSTGRES_BIN: INSTALLED } });
      expect(await first.answer).toMatchObject({ ok: true, version: /^15\./ });
      await query((await first.answer).url, "create table kept (value int)");
      await first.close();
      const halt = call(built, STOP, request);
      expect(await halt.answer).toMatchObject({ kind: "stopped" });
      await halt.close();
      const second = call(built, OPEN, request);
      expect(await second.answer).toMatchObject({ ok: true, version: /^15\./, startedNow: true });
      expect(await query((await second.answer).url, "select * from kept")).toEqual([]);
      await second.close();
      await call(built, STOP, request).answer;
      await until(() => processesIn(folder).length === 0);
      await clean(folder);
    },
  );
});

void execFileSync;
