/** What machines do to runs of plans: they are suspended, their clocks jump, their database is gone for a minute, their disks are full. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  openSync,
  closeSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openServer } from "./server.mjs";
import { countOf, PLAN, put, runIn, saidIn, tasksOf } from "./worlds.mjs";

const KEYS = Object.keys(tasksOf(6));

/** A process and all that it started. */
function treeOf(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each)))
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      parents.set(Number(name), Number(parent));
    } catch {
      // It has ended.
    }
  const found = [pid];
  for (let at = 0; at < found.length; at++)
    for (const [child, parent] of parents) if (parent === found[at]) found.push(child);
  return found;
}

const signal = (pids, name) => {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
};

/** All that happened, in whichever process. */
const watched = async (world, run) => runIn(await world.run(["watch", run, "--json"]));

const suspended = (fault, what, { seconds, other, pidsOf }) => ({
  fault: `suspended-${fault}`,
  what,
  async run(world) {
    world.make(tasksOf(6, { wait: 3_000 }), { execution: { workers: 2 } });
    const worker = other ? world.start(["worker"]) : undefined;
    world.onClose(async () => {
      worker?.child.kill("SIGTERM");
      await worker?.done;
    });
    const started = world.start(["run", PLAN, "--json"]);
    await started.heard('"task":"1.2"');
    await sleep(1_000);
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    const pids = pidsOf(started.child.pid);
    signal(pids, "SIGSTOP");
    await sleep(seconds * 1_000);
    signal(pids, "SIGCONT");
    const end = runIn(await started.done);
    const all = await watched(world, run);
    world.allDone(run, KEYS);
    worker?.child.kill("SIGTERM");
    await worker?.done;
    await sleep(500);
    return `exit ${end.code}: ${countOf(all.states)}; ${all.attempts} attempts begun for 6 tasks, each landed once`;
  },
});

const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

const clockRow = {
  fault: "clock-jumps",
  what: "the clock of the process goes 3 h ahead, then 2 h back, then right, while tasks are at work",
  async run(world) {
    if (!existsSync(FAKETIME)) return "not tried: faketime is not installed";
    world.make(tasksOf(6, { wait: 2_500 }), {
      execution: { workers: 2, timeout: "10m", stall: "10m" },
    });
    const offset = path.join(world.folder, "offset");
    writeFileSync(offset, "+0");
    await world.run(["db", "start"]);
    const env = {
      ...world.env,
      LD_PRELOAD: FAKETIME,
      FAKETIME_TIMESTAMP_FILE: offset,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
    const started = world.start(["run", PLAN, "--json"], { env });
    await started.heard('"task":"1.2"');
    const clocks = [];
    for (const jump of ["+10800s", "-7200s", "+0"]) {
      await sleep(2_000);
      writeFileSync(offset, jump);
      const ahead = execFileSync(process.execPath, ["-p", "Date.now()"], { env }) - Date.now();
      clocks.push(Math.round(ahead / 3_600_000));
    }
    world.expect(clocks.join() === "3,-2,0", `the clock went ${clocks.join()} hours`);
    const { run, states, code, attempts, events } = runIn(await started.done);
    // Events have the database's time; what the process itself wrote has its own.
    const attemptsFolder = path.join(world.root, ".wavegate/runs", run, "attempts");
    const written = readdirSync(attemptsFolder)
      .map((name) => path.join(attemptsFolder, name, "attempt.json"))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, "utf8"));
    const times = [...written.join("").matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([at]) =>
      Date.parse(at),
    );
    const spanHours = (Math.max(...times) - Math.min(...times)) / 3_600_000;
    world.expect(spanHours > 2, `what it wrote is ${spanHours} h apart`);
    world.allDone(run, KEYS);
    const bad = events.filter(({ durationMs }) => durationMs < 0).length;
    world.expect(bad === 0, `${bad} negative durations`);
    return `exit ${code}: ${countOf(states)}; ${attempts} attempts for 6 tasks; what it wrote has times up to ${spanHours.toFixed(1)} h apart`;
  },
};

const databaseStall = {
  fault: "database-stalled",
  what: "every process of the database is stopped for 60 s",
  async run(world) {
    world.ownHome();
    world.make(tasksOf(6, { wait: 2_000 }), { execution: { workers: 2 } });
    const started = world.start(["run", PLAN, "--json"]);
    await started.heard('"task":"1.2"');
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    const file = readdirSync(world.home)
      .map((name) => path.join(world.home, name, "data/postmaster.pid"))
      .find((each) => existsSync(each));
    const pids = treeOf(Number(readFileSync(file, "utf8").split("\n")[0]));
    signal(pids, "SIGSTOP");
    await sleep(60_000);
    signal(pids, "SIGCONT");
    const end = await started.done;
    return afterCut(world, run, end);
  },
};

/** Whether the process went on by itself, and what of it is so. */
async function afterCut(world, run, end) {
  let told = `exit ${end.code}${end.code === 0 ? "" : ` (\`${saidIn(end)}\`)`}`;
  if (end.code !== 0) {
    const again = await world.goOn(run);
    told += `, then \`wavegate resume\`: exit ${again.code}`;
  }
  const all = await watched(world, run);
  world.allDone(run, KEYS);
  return `${told}: ${countOf(all.states)}; ${all.attempts} attempts for 6 tasks, each landed once`;
}

const databaseCut = {
  fault: "database-cut",
  what: "a database of one's own is killed and not there for 60 s",
  async run(world) {
    world.make(tasksOf(6, { wait: 2_000 }), { execution: { workers: 2 } });
    const server = await openServer(world.folder);
    world.onClose(() => server.close());
    world.env = { ...world.env, WAVEGATE_DATABASE_URL: server.url };
    const started = world.start(["run", PLAN, "--json"], { env: world.env });
    await started.heard('"task":"1.2"');
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    await server.stop();
    await sleep(60_000);
    await server.start();
    const end = await started.done;
    return afterCut(world, run, end);
  },
};

const isRoot = process.getuid?.() === 0;

function mountSmall(world, folder, mebibytes) {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder]);
  world.onClose(() => execFileSync("umount", ["-l", folder]));
}

/** As many bytes as there is room for. */
function fill(folder) {
  const file = path.join(folder, ".filler");
  const handle = openSync(file, "w");
  for (let size = 1 << 20; size > 0; size = Math.floor(size / 2))
    try {
      for (;;) writeSync(handle, Buffer.alloc(size));
    } catch {
      // Less, then.
    }
  closeSync(handle);
  return () => rmSync(file);
}

const full = (fault, what, placeOf) => ({
  fault: `disk-full-${fault}`,
  what,
  async run(world) {
    if (!isRoot) return "not tried: only root may mount a small disk";
    world.ownHome();
    const place = placeOf(world);
    mountSmall(world, place, 96);
    world.make(tasksOf(6, { wait: 700 }), { execution: { workers: 1, retries: 1 } });
    // The filler is none of the user's files.
    put(world.root, { ".git/info/exclude": ".filler\n" });
    world.keep();
    const started = world.start(["run", PLAN, "--json"]);
    await started.heard('"event":"landed"');
    const free = fill(place);
    const end = runIn(await started.done);
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    const held = end.events.findLast(({ type }) => type === "plan-run-held");
    free();
    const again = end.code === 0 ? end : await world.goOn(run);
    world.expect(again.code === 0, `resumed: ${again.code} ${again.stderr}`);
    world.allDone(run, KEYS);
    world.expect(held?.code === "DISK_FULL", `held by ${held?.code}: ${held?.reason}`);
    return `exit ${end.code}: \`${held?.code}\` ${held?.reason ?? saidIn(end)}; resumed when there is room: exit ${again.code}, all done once`;
  },
});

const filledByAgent = {
  fault: "disk-full-by-agent",
  what: "an agent fills the disk of the clones, while another works",
  async run(world) {
    if (!isRoot) return "not tried: only root may mount a small disk";
    world.ownHome();
    mountSmall(world, path.join(world.home, "workspaces"), 96);
    const tasks = tasksOf(4, { wait: 700 });
    const fills = ["sh", "-c", "head -c 500000000 /dev/zero > big.bin; sleep 2"];
    tasks["1.2"].steps = { attempts: [[{ run: fills, anyway: true }], tasks["1.2"].steps] };
    world.make(tasks, { execution: { workers: 2, retries: 2 } });
    const end = await world.carryOut();
    const held = end.events.findLast(({ type }) => type === "plan-run-held");
    const clones = path.join(world.home, "workspaces");
    const big = execFileSync("find", [clones, "-name", "big.bin"], { encoding: "utf8" })
      .trim()
      .split("\n")
      .filter(Boolean);
    for (const file of big) rmSync(file);
    // What was ended by a full disk counts as no attempt: the agent would fill it again.
    const mended = tasksOf(4, { wait: 700 });
    const parts = Object.entries(mended).map(([key, { steps }]) => [key, steps]);
    writeFileSync(world.script, JSON.stringify({ tasks: Object.fromEntries(parts) }));
    const again = end.code === 0 ? end : await world.goOn(end.run);
    world.expect(
      again.code === 0,
      `resumed: ${again.code} ${again.stderr} ${countOf(again.states)}`,
    );
    world.allDone(end.run, ["1.1", "1.2", "1.3", "1.4"]);
    return `exit ${end.code}: ${held ? `\`${held.code}\` ${held.reason}` : "went on by itself"}; ${big.length} files of it kept; resumed: exit ${again.code}, all done once`;
  },
};

/** Somebody ends the program while two tasks are at work; it is resumed. */
const ended = (fault, what, act) => ({
  fault: `ended-${fault}`,
  what,
  async run(world) {
    world.make(tasksOf(6, { wait: 2_500 }), { execution: { workers: 2 } });
    const started = world.start(["run", PLAN, "--json"]);
    await started.heard('"task":"1.2"');
    await sleep(1_000);
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    const began = performance.now();
    act(started.child);
    const end = await started.done;
    const tookMs = Math.round(performance.now() - began);
    await sleep(1_000);
    const left = world.agents();
    world.expect(left === 0, `${left} agents are left a second after it ended`);
    const again = end.code === 0 ? end : await world.goOn(run);
    const all = await watched(world, run);
    world.allDone(run, KEYS);
    return `exit ${end.code ?? end.signal} after ${tookMs} ms, 0 agents left; resumed: exit ${again.code}, ${all.attempts} attempts for 6 tasks`;
  },
});

export const MACHINE_ROWS = [
  ended("sigint", "SIGINT", (child) => child.kill("SIGINT")),
  ended("sigterm", "SIGTERM", (child) => child.kill("SIGTERM")),
  ended("sighup", "SIGHUP, as when a terminal is closed", (child) => child.kill("SIGHUP")),
  ended("twice", "SIGINT twice", (child) => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 300);
  }),
  ended("nobody-reads", "its standard output is closed, as by `| head`", (child) => {
    child.stdout.destroy();
  }),
  suspended("whole", "orchestrator and agents are stopped for 25 s; another worker is there", {
    seconds: 25,
    other: true,
    pidsOf: treeOf,
  }),
  suspended(
    "orchestrator",
    "the orchestrator alone is stopped for 25 s, its agents go on; another worker is there",
    {
      seconds: 25,
      other: true,
      pidsOf: (pid) => [pid],
    },
  ),
  suspended("alone", "orchestrator and agents are stopped for 25 s; nobody else is there", {
    seconds: 25,
    other: false,
    pidsOf: treeOf,
  }),
  clockRow,
  databaseStall,
  databaseCut,
  full("clones", "the disk of the clones", ({ home }) => path.join(home, "workspaces")),
  full("project", "the disk of the project: repository, plan and `.wavegate`", ({ root }) => root),
  filledByAgent,
];
