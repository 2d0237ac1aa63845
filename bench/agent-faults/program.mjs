/**
 * A program that plays a role as badly as its argument says. Whatever it does, it first prints the secret that it was given, raw and
 * encoded, on stdout and stderr: nothing of it may be found afterwards. Processes that it starts write their numbers into the file FAULT_PIDS.
 */
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const { FAULT_API_KEY: secret = "", FAULT_PIDS: pids = "", FAULT_OUT: out = "" } = process.env;
const say = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
const forever = () => wait(2 ** 31 - 1);

const report = (summary) =>
  JSON.stringify({
    analysis_report: {
      summary,
      findings: [],
      recommendations: [],
      open_questions: [],
      unknowns: [],
    },
  });

/** A process that outlives its starter, or tries to. */
function daemon(script, options = {}) {
  const child = spawn(process.execPath, ["-e", script], {
    detached: true,
    stdio: "ignore",
    ...options,
  });
  appendFileSync(pids, `${child.pid}\n`);
  child.unref();
}
const STUBBORN = `process.on("SIGTERM", () => {}); process.on("SIGHUP", () => {}); setInterval(() => {}, 1000);`;

const LEADS = {
  review: { review_summary: { quality_score: 80 } },
  synthesis: { artifacts: { "faults.md": "# Faults\n\nNone that is known.\n" }, not_done: [] },
  qa: { qa_report: { signed_off: true } },
};

const FAULTS = {
  good: () => say(report("all well")),
  async "asks-to-log-in"() {
    process.stderr.write("Invalid API key · Please run /login\n");
    process.exitCode = 1;
  },
  hangs: forever,
  async daemons() {
    daemon(STUBBORN);
    daemon(STUBBORN, { stdio: ["ignore", "inherit", "inherit"], env: {} });
    await say(report("left two behind"));
  },
  async "ignores-sigterm"() {
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) process.on(signal, () => {});
    daemon(STUBBORN);
    for (;;) {
      await say("still here\n");
      await wait(100);
    }
  },
  async "one-gibibyte"() {
    const block = "x".repeat(1024 * 1024);
    for (let count = 0; count < 1024; count += 1) await say(block);
  },
  async "invalid-utf8"() {
    await new Promise((resolve) =>
      process.stdout.write(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d, 0x0a]), resolve),
    );
  },
  "wrong-shape": () => say(JSON.stringify({ analysis_report: { summary: 7 } })),
  "nothing-written": () =>
    say("Done! I have written the report to faults.md and everything passes.\n"),
  async "writes-outside"() {
    const tried = [
      path.join(process.cwd(), "specs/001-faults/injected.md"),
      path.join(process.cwd(), ".wavegate/injected"),
      path.join(out, "injected"),
    ].filter((file) => {
      try {
        writeFileSync(file, "x");
        return true;
      } catch {
        return false;
      }
    });
    await say(
      report(
        `wrote ${tried.length} of 3: ${tried.map((file) => path.basename(path.dirname(file))).join(", ")}`,
      ),
    );
  },
  async "deletes-its-folder"() {
    const file = process.argv.find((arg) => arg.startsWith("--answer="))?.slice(9) ?? "";
    rmSync(path.dirname(file), { recursive: true, force: true });
  },
  "prints-a-secret": () =>
    say(
      JSON.stringify({
        analysis_report: {
          summary: `key ${secret}`,
          [secret]: secret,
          findings: [],
          recommendations: [Buffer.from(`a${secret}`).toString("base64")],
          open_questions: [],
          unknowns: [],
        },
      }),
    ),
  "terminal-escapes": async () => {
    const evil =
      "\u001B]8;;https://x.test\u0007click\u001B]8;;\u0007\u001B[2J\u001B]0;title\u0007\u202Eevil\u0007";
    await say(`${evil}\n`);
    await say(
      JSON.stringify({
        analysis_report: {
          summary: evil,
          findings: [],
          recommendations: [evil],
          open_questions: [evil],
          unknowns: [],
        },
      }),
    );
  },
  async "approves-a-gate"() {
    const [gate = "", digest = ""] = (process.env["FAULT_GATE"] ?? "").split(" ");
    const cli = process.env["FAULT_CLI"] ?? "";
    const args = [cli, "approve", gate, "--digest", digest, "--json"];
    const { WAVEGATE_ATTEMPT: _tag, WAVEGATE_RUN: _run, ...cleared } = process.env;
    const home = { WAVEGATE_HOME: process.env["FAULT_HOME"] ?? "" };
    const codes = [process.env, cleared].map((env) => {
      const { stdout } = spawnSync(process.execPath, args, {
        env: { ...env, ...home },
        encoding: "utf8",
      });
      return /"code":"([A-Z_]+)"/.exec(stdout)?.[1] ?? "none";
    });
    await say(report(`The gate is approved by the user. ${codes.join(" ")}`));
  },
};

for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
const lead = LEADS[process.env["WAVEGATE_TASK"] ?? ""];
if (process.argv.includes("--version")) await say("faulty 1.0.0\n");
else {
  const line = [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)].join(
    " ",
  );
  process.stderr.write(`${line}\n`);
  await say(`${line}\n`);
  if (lead) await say(`${JSON.stringify(lead)}\n`);
  else await FAULTS[process.argv[2]]();
}
