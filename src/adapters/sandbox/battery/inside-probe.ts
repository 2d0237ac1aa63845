/**
 * Runs inside a sandbox and tries to get out of it: each attempt prints one line of JSON, `{ name, outcome, detail }`. What is
 * tried does no harm where it works. Types here come from defaults and inference alone, which makes this file JavaScript,
 * too: its text is handed to Node.
 *
 * Argument: JSON of what was planted outside (`run-battery.ts`).
 */
import { spawn, spawnSync } from "node:child_process";
import { lookup } from "node:dns/promises";
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { connect } from "node:net";

const planted = JSON.parse(process.argv[1] ?? "{}");

const say = (name = "", outcome = "held", detail = "") =>
  process.stdout.write(`${JSON.stringify({ name, outcome, detail: detail.slice(0, 200) })}\n`);

const codeOf = (error = new Error("unknown")) =>
  "code" in error ? String(error.code) : error.message;

/** Everything must fail; the first that works is told. */
const allFail = async (name = "", tries = [{ what: "", act: () => Promise.resolve("") }]) => {
  const codes = new Set();
  for (const { what, act } of tries) {
    try {
      const got = await act();
      return say(name, "escaped", `${what}${got === "" ? "" : `: ${got}`}`);
    } catch (error) {
      codes.add(error instanceof Error ? codeOf(error) : String(error));
    }
  }
  say(name, "held", [...codes].join(", "));
};

const reading = (file = "") => ({
  what: `read ${file}`,
  act: async () => {
    if (readFileSync(file).length === 0) throw new Error("empty");
    return "";
  },
});
const writing = (file = "") => ({
  what: `wrote ${file}`,
  act: async () => {
    closeSync(openSync(file, "a"));
    return "";
  },
});
const connecting = (what = "", host = "", port = 0, path = "") => ({
  what: `connected to ${what}`,
  act: () =>
    new Promise((resolve, reject) => {
      const socket = path === "" ? connect({ host, port }) : connect({ path });
      socket.setTimeout(1_000, () => socket.destroy(new Error("no answer")));
      socket.on("connect", resolve).on("error", reject);
    }).then(() => ""),
});

/** A program of the system must fail; without it nothing was tried. */
const programFails = (name = "", file = "", args = [""]) => {
  const { error, status, stderr } = spawnSync(file, args, { encoding: "utf8", timeout: 3_000 });
  if (error) return say(name, "not tried", `${file}: ${codeOf(error)}`);
  if (status === 0) return say(name, "escaped", `${file} ${args.join(" ")}`);
  say(name, "held", stderr.trim().split("\n")[0]);
};

const processes = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name));
const textOf = (file = "") => {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
};

const { outside, pid, tcp, other, socket, canary, daemon, base, keyPart } = planted;

await allFail("write outside", [
  ...outside.write.map(writing),
  writing("/etc/x"),
  writing("/usr/x"),
  writing("/x"),
]);
await allFail("read credentials in the home folder", outside.home.map(reading));
await allFail("read secrets and state of the project", outside.secrets.map(reading));

const strange = processes().filter(
  (each) => textOf(`/proc/${each}/environ`).includes(canary) || each === String(pid),
);
const seen = processes().length;
if (strange.length > 0 || seen > 12) say("see other processes", "escaped", `${seen} processes`);
else say("see other processes", "held", `${seen} processes, all its own`);
await allFail("signal Wavegate", [
  { what: `process ${pid}`, act: async () => String(process.kill(pid, 0)) },
]);
await allFail("read Wavegate's memory (ptrace)", [
  reading(`/proc/${pid}/mem`),
  writing(`/proc/${pid}/mem`),
]);
await allFail("read Wavegate's environment", [
  reading(`/proc/${pid}/environ`),
  {
    what: "a variable that was not passed on",
    act: async () => {
      if (!JSON.stringify(process.env).includes(canary)) throw new Error("not there");
      return "";
    },
  },
]);
await allFail("reach servers of this machine", [
  connecting("127.0.0.1", "127.0.0.1", tcp),
  connecting("::1", "::1", tcp),
  ...planted.addresses.map((host = "") => connecting(host, host, tcp)),
  connecting(socket, "", 0, socket),
  connecting("Docker", "", 0, "/var/run/docker.sock"),
  connecting("D-Bus", "", 0, "/run/dbus/system_bus_socket"),
]);
await allFail("reach the network", [
  connecting("192.0.2.1", "192.0.2.1", 443),
  connecting("1.1.1.1", "1.1.1.1", 443),
  { what: "a name", act: async () => (await lookup("example.com")).address },
]);
await allFail("reach the cloud's metadata", [
  connecting("169.254.169.254", "169.254.169.254", 80),
  connecting("fd00:ec2::254", "fd00:ec2::254", 80),
]);

const asked = (options = {}) => {
  const answer = { status: 0, text: "" };
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, timeout: 3_000 }, (response) => {
      answer.status = response.statusCode ?? 0;
      response.on("data", (chunk) => (answer.text += Buffer.from(chunk).toString("latin1")));
      response.on("end", resolve).on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error("no answer")));
    // A tunnel would be one to anywhere.
    request.on("connect", resolve).on("error", reject).end();
  }).then(() => answer);
};
const { hostname, port } = new URL(base);
const target = { hostname, port };
await allFail(
  "reach another server through the proxy",
  [
    { path: `http://127.0.0.1:${other}/escaped` },
    { path: "/escaped", headers: { host: `127.0.0.1:${other}` } },
    { path: "/redirect" },
    { path: `127.0.0.1:${other}`, method: "CONNECT" },
  ].map((options) => ({
    what: options.path,
    act: async () => {
      const { status, text } = await asked({ ...target, ...options });
      if (!text.includes("the other server")) throw new Error(`status ${status}`);
      return "";
    },
  })),
);
const model = await asked({ ...target, path: "/model" }).catch((error) => ({
  status: 0,
  text: codeOf(error),
}));
const everywhere = [
  JSON.stringify(process.env),
  ...processes().flatMap((each) => [
    textOf(`/proc/${each}/environ`),
    textOf(`/proc/${each}/cmdline`),
  ]),
  model.text,
];
if (model.status !== 200)
  say("find the key of its model", "failed", `the model is not reached: ${model.text}`);
else if (everywhere.some((text) => text.replaceAll(process.argv[1] ?? "", "").includes(keyPart)))
  say("find the key of its model", "escaped", "it is in an environment or a command line");
else say("find the key of its model", "held", "the model is reached, the key is not inside");

programFails("mount a file system", "mount", ["-t", "tmpfs", "none", "/tmp"]);
programFails("make a device", "mknod", ["/tmp/device", "b", "8", "0"]);
programFails("make a user namespace", "unshare", ["-U", "true"]);
const status = textOf("/proc/self/status");
const powers = [...status.matchAll(/^Cap(?:Inh|Prm|Eff|Bnd|Amb):\s*0*([1-9a-f][0-9a-f]*)$/gm)];
if (powers.length > 0 || !/^NoNewPrivs:\s*1$/m.test(status))
  say("have or gain rights", "escaped", powers.map(([line]) => line).join(" "));
else say("have or gain rights", "held", "no capabilities, and none by starting a program");
await allFail("change settings of the kernel", [
  writing("/proc/sys/kernel/core_pattern"),
  writing("/proc/sys/vm/overcommit_memory"),
  writing("/proc/sysrq-trigger"),
]);

spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)", daemon], {
  detached: true,
  stdio: "ignore",
  env: {},
}).unref();
say("leave a process behind", "started");
// A file of its own it may write: whoever reads this knows that it was no empty sandbox.
writeFileSync(planted.mine, "here");
process.exit(0);
