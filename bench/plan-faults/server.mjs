/** A PostgreSQL of one's own on a TCP port, that can be killed and started again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findBinaries, program } from "../../dist/adapters/postgres/binaries.js";
import { initDataFolder } from "../../dist/adapters/postgres/init-data-folder.js";
import { programEnv, spawnAs } from "../../dist/adapters/postgres/run-program.js";
import { readSettings } from "../../dist/adapters/postgres/settings.js";

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

export async function openServer(folder) {
  const home = mkdtempSync(path.join(folder, "server-"));
  chmodSync(home, 0o755);
  const settings = await readSettings({ dataHome: home, env: process.env });
  const { chosen } = await findBinaries(settings, () => true);
  const { data, passwordFile } = await initDataFolder(settings, chosen);
  const password = (await readFile(passwordFile, "utf8")).trim();
  const port = await freePort();
  const at = { host: "127.0.0.1", port, user: "wavegate", database: "postgres", password };
  let server;
  let ended;
  const start = async () => {
    const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", ""];
    const options = { ...spawnAs(settings.runAs), cwd: "/", env: programEnv(), stdio: "ignore" };
    server = spawn(program(chosen, "postgres"), args, options);
    ended = once(server, "exit");
    for (let tries = 0; tries < 600; tries++) {
      const client = new Client(at);
      client.on("error", () => {});
      const isUp = await client.connect().then(
        () => true,
        () => false,
      );
      await client.end().catch(() => {});
      if (isUp) return;
      await sleep(50);
    }
    throw new Error("the server does not start");
  };
  /** At once, as by a crash; all of its processes end with it. */
  const stop = async (signal = "SIGQUIT") => {
    server.kill(signal);
    await ended;
  };
  await start();
  const url = `postgresql://wavegate:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  return { url, start, stop, close: () => stop("SIGINT") };
}
