/** What goes wrong around an engine: the server restarts, the tables are newer, a worker is declared dead for nothing. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createAuditAnchor } from "../../src/adapters/engine/audit-anchor.ts";
import { createDbosEngine } from "../../src/adapters/engine/dbos-engine.ts";
import { DBOS_RELEASE } from "../../src/adapters/engine/schema.ts";
import type { Json } from "../../src/core/json.ts";
import { Desk } from "../../src/testing/engine-contract.ts";
import {
  buildWorker,
  openProcesses,
  openTestDatabase,
  type BuiltWorker,
  type ProcessHarness,
  type TestDatabase,
} from "../fixtures/engine/processes.ts";

let database: TestDatabase;
let built: BuiltWorker;

beforeAll(async () => {
  built = buildWorker();
  database = await openTestDatabase();
});

afterAll(async () => {
  await database?.close();
  built?.remove();
});

async function scene(body: (desk: Desk, harness: ProcessHarness) => Promise<void>): Promise<void> {
  const desk = new Desk();
  const harness = openProcesses(built.file, database.url, desk);
  try {
    await body(desk, harness);
  } finally {
    await harness.close();
  }
}

async function sql(text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(text, [...values]);
  await client.end();
}

test("two workers that set up an empty database at once both come up", () =>
  scene(async (desk, harness) => {
    const workers = [await harness.worker(), await harness.worker()];
    await Promise.all(workers.map((worker) => worker.start(worker.name, [{ do: worker.name }])));
    for (const { name } of workers) (await desk.next(name)).finish(name);
    for (const { name } of workers)
      expect((await harness.observer.settled(name)).status).toBe("completed");
  }));

test("the server restarts in the middle of a stage: nothing is repeated, nothing lost", () =>
  scene(async (desk, harness) => {
    const { observer } = harness;
    const restart =
      database.restart ??
      (() =>
        sql(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user",
        ));
    const [first, second] = [await harness.worker(), await harness.worker()];
    await second.work(1);
    await first.start("r", [
      {
        children: [
          { name: "x", ops: [{ do: "a" }, { do: "b" }] },
          { name: "y", ops: [{ ask: "g", token: "t" }] },
        ],
      },
    ]);
    const a = await desk.next("a");
    await observer.settled("r");
    await restart();
    a.finish("a");
    (await desk.next("b")).finish("b");
    await observer.answer({ runId: "r", wait: "g", token: "t", value: "go" });
    const record = await observer.settled("r");
    expect(record.output).toEqual([[["a", "b"], ["go"]]]);
    expect(desk.begun).toEqual(["a@w1", "b@w1"]);
  }));

test("a worker declared dead for nothing takes its run again, and begins again what was in flight", () =>
  scene(async (desk, harness) => {
    const { observer, options } = harness;
    const first = await harness.worker();
    await first.start("r", [{ do: "a" }, { do: "b" }]);
    (await desk.next("a")).finish("a");
    const b = await desk.next("b");
    await sql("delete from wavegate.workers where project = $1", [options.project]);
    // Before its next beat.
    await first.start("other", []);
    await b.aborted;
    const again = await desk.next("b");
    expect([again.starts, again.worker]).toEqual([2, "w1"]);
    expect((await observer.settled("other")).status).toBe("completed");
    again.finish("b2");
    expect((await observer.settled("r")).output).toEqual(["a", "b2"]);
  }));

test("a worker declared dead for nothing takes its run again, also when that fails at first", () =>
  scene(async (desk, harness) => {
    const { observer, options } = harness;
    const first = await harness.worker();
    await first.start("r", [{ do: "a" }]);
    await desk.next("a");
    await sql(FAIL_ONCE);
    await sql("delete from wavegate.workers where project = $1", [options.project]);
    (await desk.next("a")).finish("again");
    expect((await observer.settled("r")).output).toEqual(["again"]);
    await sql("drop function wavegate.fail cascade; drop sequence wavegate.tries");
  }));

test("a worker that hangs is declared dead also where the database's clock was put back", () =>
  scene(async (desk, harness) => {
    const { observer, options } = harness;
    const [first, second] = [await harness.worker(), await harness.worker()];
    await first.start("r", [{ do: "a" }]);
    await desk.next("a");
    await first.freeze();
    await sql(
      "update wavegate.workers set beat_at = now() + interval '1 hour' where project = $1 and pid = $2",
      [options.project, first.child.pid],
    );
    await second.work(1);
    const again = await desk.next("a");
    expect(again.worker).toBe("w2");
    again.finish("A");
    expect((await observer.settled("r")).output).toEqual(["A"]);
  }));

test("a worker that has much to take again is not declared dead by that", () =>
  scene(async (desk, harness) => {
    const { observer, options } = harness;
    const [first, second] = [await harness.worker(), await harness.worker()];
    const runs = ["a", "b", "c", "d"];
    for (const run of runs) await first.start(run, [{ do: run }]);
    for (const run of runs) await desk.next(run);
    // Another one that looks after it.
    await second.start("other", [{ do: "other" }]);
    await sql(SLOWLY);
    await sql(
      "delete from wavegate.workers where worker_id = (select worker_id from wavegate.runs where project = $1 and run_id = 'a')",
      [options.project],
    );
    const again = [];
    for (const run of runs) again.push(await desk.next(run));
    expect(again.map(({ starts, worker }) => [starts, worker])).toEqual(runs.map(() => [2, "w1"]));
    again.forEach((call, index) => call.finish(runs[index] ?? ""));
    for (const run of runs) expect((await observer.settled(run)).output).toEqual([run]);
    expect(runs.map((run) => desk.timesBegun(run))).toEqual([2, 2, 2, 2]);
    await sql("drop function wavegate.slowly cascade");
  }));

/** Taking a run takes so long that four of them, one after the other, take longer than a heart may stand still. */
const SLOWLY = `
  create function wavegate.slowly() returns trigger language plpgsql as $$ begin
    if new.worker_id is not null and old.worker_id is null then perform pg_sleep(1); end if;
    return new;
  end $$;
  create trigger slowly before update on wavegate.runs for each row execute function wavegate.slowly()`;

/** The next time that a worker takes a run, it can't. */
const FAIL_ONCE = `
  create sequence wavegate.tries;
  create function wavegate.fail() returns trigger language plpgsql as $$ begin
    if new.worker_id is not null and old.worker_id is null and nextval('wavegate.tries') = 1 then
      raise exception 'not now';
    end if;
    return new;
  end $$;
  create trigger fail before update on wavegate.runs for each row execute function wavegate.fail()`;

test("a run that was taken on a connection that was cut before it was said so is executed all the same", () =>
  scene(async (desk, harness) => {
    const { observer, options } = harness;
    const worker = await harness.worker();
    await worker.start("other", [{ do: "o" }]);
    await desk.next("o");
    const input = { ops: [{ do: "a" }] };
    const run = {
      runId: "r",
      workflow: "script",
      subject: "",
      input,
      where: "any-worker",
    } as const;
    await observer.start(run);
    await sql(
      `update wavegate.runs r set worker_id = w.worker_id, last_worker = w.worker_id, epoch = 1
       from wavegate.workers w where r.project = $1 and w.project = $1 and r.run_id = 'r'`,
      [options.project],
    );
    (await desk.next("a")).finish("a");
    expect((await observer.settled("r")).output).toEqual(["a"]);
  }));

/** The next time that a run with this id is put on an executor's queue it is at once as if it had been taken from there. */
const LOSE_ONCE = `
  create table wavegate.lost (id text primary key);
  create function wavegate.lose() returns trigger language plpgsql as $$ begin
    if new.status = 'ENQUEUED' and new.queue_name <> 'wavegate-limbo' and new.workflow_uuid like '%:lost' then
      insert into wavegate.lost values (new.workflow_uuid) on conflict do nothing;
      if found then new.status = 'PENDING'; end if;
    end if;
    return new;
  end $$;
  create trigger lose before update on wavegate_dbos.workflow_status for each row execute function wavegate.lose()`;

test("a run that was taken from its queue on a connection that was cut is taken over once more", () =>
  scene(async (desk, harness) => {
    const [first, second] = [await harness.worker(), await harness.worker()];
    await first.start("lost", [{ do: "a" }, { do: "b" }]);
    (await desk.next("a")).finish("a");
    await desk.next("b");
    await sql(LOSE_ONCE);
    await second.work(1);
    await first.kill();
    const b = await desk.next("b");
    b.finish("b");
    const { output } = await harness.observer.settled("lost");
    expect([b.worker, output]).toEqual(["w2", ["a", "b"]]);
    await sql("drop function wavegate.lose cascade; drop table wavegate.lost");
  }));

test("a shared child is executed by another worker: one that hangs is fenced, one whose run moves goes on", () =>
  scene(async (desk, harness) => {
    const { observer } = harness;
    const [first, second] = [await harness.worker(), await harness.worker()];
    await second.work(8);
    await observer.start({
      runId: "probe",
      workflow: "script",
      subject: "",
      input: { ops: [] },
      where: "any-worker",
    });
    await observer.settled("probe");
    const taken = async (runId: string) => {
      const seen = [];
      for await (const { event } of observer.events(runId, 0))
        seen.push(
          event.type === "child-taken"
            ? `${event.child} by ${event.pid}${event.from ? " after another" : ""}`
            : event.type,
        );
      return seen;
    };
    const received = async (runId: string) => {
      const { output } = await observer.settled(runId);
      const came: unknown = Array.isArray(output) ? output[2] : output;
      return Object.assign({}, ...(Array.isArray(came) ? came : [came]));
    };
    // Where it is while the run moves: it is not disturbed.
    await first.start("s", [
      { spawn: "x", ops: [{ do: "x" }], shared: true },
      { spawn: "y", ops: [{ do: "y1" }, { do: "y2" }], shared: true },
      { receive: 2 },
    ]);
    const y1 = await desk.next("y1");
    expect([(await desk.next("x")).worker, y1.worker]).toEqual(["w1", "w2"]);
    await first.kill();
    const x = await desk.next("x");
    y1.finish("Y1");
    (await desk.next("y2")).finish("Y2");
    x.finish("X");
    expect(await received("s")).toEqual({ x: ["X"], y: ["Y1", "Y2"] });
    expect([x.worker, desk.timesBegun("y1"), desk.timesBegun("y2")]).toEqual(["w2", 1, 1]);
    expect(await taken("s")).toEqual([`y by ${second.child.pid}`, "run-taken-over"]);

    const third = await harness.worker();
    await third.start("r", [
      { spawn: "a", ops: [{ do: "a" }], shared: true },
      { spawn: "b", ops: [{ do: "b1" }, { emit: "after b1" }, { do: "b2" }], shared: true },
      { receive: 2 },
    ]);
    const [a, b1] = [await desk.next("a"), await desk.next("b1")];
    expect([a.worker, b1.worker]).toEqual(["w3", "w2"]);
    await second.freeze();
    const again = await desk.next("b1");
    expect([again.worker, again.starts]).toEqual(["w3", 2]);
    b1.finish("late");
    await second.thaw();
    await b1.aborted;
    again.finish("in time");
    const b2 = await desk.next("b2");
    expect(b2.worker).toBe("w3");
    b2.finish("B2");
    a.finish("A");
    expect(await received("r")).toEqual({ a: ["A"], b: ["in time", "after b1", "B2"] });
    expect(await taken("r")).toEqual([
      `b by ${second.child.pid}`,
      `b by ${third.child.pid} after another`,
      "stage-resumed",
    ]);

    // Who was declared dead takes over what others leave, as before.
    await third.start("t", [{ do: "t1" }]);
    await desk.next("t1");
    await third.kill();
    const t1 = await desk.next("t1");
    expect(t1.worker).toBe("w2");
    t1.finish("T1");
    expect((await observer.settled("t")).output).toEqual(["T1"]);
  }));

test("a worker of other settings takes runs, and no children of those of others", () =>
  scene(async (desk, harness) => {
    const { observer } = harness;
    const [first, second] = [await harness.worker(), await harness.worker({ settings: "older" })];
    await second.work(8);
    const run = { workflow: "script", subject: "", where: "any-worker" } as const;
    await observer.start({ ...run, runId: "probe", input: { ops: [{ do: "p" }] } });
    const probe = await desk.next("p");
    probe.finish("p");
    await observer.settled("probe");
    const names = ["a", "b", "c"];
    const spawns = names.map((name) => ({ spawn: name, ops: [{ do: name }], shared: true }));
    await first.start("r", [...spawns, { receive: 3 }]);
    for (const name of names) {
      const call = await desk.next(name);
      expect([probe.worker, call.worker]).toEqual(["w2", "w1"]);
      call.finish(name);
    }
    expect((await observer.settled("r")).status).toBe("completed");
  }));

test("projects that share a server share no runs, workers or limits", () =>
  scene(async (desk, one) =>
    scene(async (otherDesk, other) => {
      const limits = [{ pool: "agents", limit: 1, scope: "everywhere" }] as const;
      const [first, second] = [await one.worker(), await other.worker()];
      await first.start("r", [{ do: "a", limits }]);
      const a = await desk.next("a");
      await second.work(4);
      await second.start("r", [{ do: "a", limits }]);
      (await otherDesk.next("a")).finish("other");
      expect((await other.observer.settled("r")).output).toEqual(["other"]);
      a.finish("one");
      expect((await one.observer.settled("r")).output).toEqual(["one"]);
      expect(await one.observer.runs()).toHaveLength(1);
    }),
  ));

function openHere() {
  const engine = createDbosEngine({ databaseUrl: database.url, project: "in process" });
  engine.register({
    name: "w",
    run: (_: Json, steps) => steps.wait({ name: "g", kind: "gate", token: "t", info: null }),
  });
  return engine;
}

test("one engine per process executes; others look and answer; the next one may once it is closed", async () => {
  const run = { workflow: "w", subject: "", input: null, where: "here" } as const;
  const [first, second] = [openHere(), openHere()];
  await first.start({ ...run, runId: "one" });
  await first.settled("one");
  await expect(second.start({ ...run, runId: "two" })).rejects.toThrow(/close it before/);
  await first.close();
  expect(await second.claim("one")).toEqual({ ok: true, value: undefined });
  await second.answer({ runId: "one", wait: "g", token: "t", value: "go" });
  expect((await second.settled("one")).output).toBe("go");
  await second.close();
  await expect(second.start({ ...run, runId: "three" })).rejects.toThrow(/closed/);
});

test("of an execution that was stopped nothing is kept: runs can be large, and a worker lives long", async () => {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  const kept: WeakRef<object>[] = [];
  const project = "forgets";
  const engine = createDbosEngine({ databaseUrl: database.url, project, beatEveryMs: 100 });
  engine.register({
    name: "w",
    async run(_: Json, steps) {
      const state = { large: Array.from({ length: 1_000 }, () => 0) };
      kept.push(new WeakRef(state));
      await steps.wait({ name: "g", kind: "gate", token: "t", info: null });
      return state.large.length;
    },
  });
  await engine.start({ runId: "r", workflow: "w", subject: "", input: null, where: "here" });
  await engine.settled("r");
  await sql("delete from wavegate.workers where project = $1", [project]);
  await vi.waitUntil(() => kept.length === 2, { timeout: 10_000 });
  await vi.waitUntil(() => (gc(), kept[0]?.deref() === undefined), { timeout: 10_000 });
  await engine.answer({ runId: "r", wait: "g", token: "t", value: "go" });
  expect((await engine.settled("r", { afterWait: "g" })).output).toBe(1_000);
  await engine.close();
});

const at = (entries: number) => ({ entries, head: `h${entries}` });
test("the anchor of an audit log moves to what was announced, and never back", async () => {
  const anchor = createAuditAnchor({ databaseUrl: database.url, project: "audited" });
  try {
    expect(await anchor.load()).toBeUndefined();
    await anchor.settle(at(1));
    expect(await anchor.load()).toBeUndefined();
    expect(await anchor.announce(at(2), "h3")).toBe(true);
    expect(await anchor.load()).toEqual({ ...at(2), pending: "h3", adopted: 2 });
    await anchor.settle({ entries: 3, head: "forged" });
    await anchor.settle(at(3));
    await anchor.settle(at(3));
    expect(await anchor.load()).toEqual({ ...at(3), pending: undefined, adopted: 2 });
    expect(await anchor.announce(at(2), "x")).toBe(false);
    expect(await anchor.announce({ ...at(3), head: "x" }, "x")).toBe(false);
    expect(await anchor.announce(at(3), "h4")).toBe(true);
    expect(await anchor.announce(at(3), "h4b")).toBe(true);
    await anchor.settle(at(4));
    expect(await anchor.load()).toEqual({ ...at(3), pending: "h4b", adopted: 2 });
  } finally {
    await anchor.close();
  }
});

test("a database a newer Wavegate has used is left alone", async () => {
  await sql("update wavegate.version set version = version + 1");
  const engine = createDbosEngine({ databaseUrl: database.url, project: "older" });
  await expect(engine.runs()).rejects.toMatchObject({ code: "ENGINE_VERSION_MISMATCH" });
  await engine.close();
  await sql("update wavegate.version set version = version - 1");
});

test("a server that is not there is said to be so", async () => {
  const engine = createDbosEngine({
    databaseUrl: "postgresql://nobody@127.0.0.1:1/none",
    project: "p",
  });
  await expect(engine.runs()).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  await engine.close();
});

test("the release whose tables are expected is the one installed", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(dependencies["@dbos-inc/dbos-sdk"]).toBe(DBOS_RELEASE);
});
