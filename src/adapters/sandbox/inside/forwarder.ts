/**
 * Runs inside a sandbox, before the agent: makes its endpoints reachable on 127.0.0.1, each through the socket of one that is
 * watched over outside, then starts the agent and ends as it ends. It knows no secret and decides nothing. Types here come
 * from defaults and inference alone, which makes this file JavaScript, too: its text is handed to Node, so that nothing
 * of Wavegate's installation has to be shown inside.
 *
 * Arguments: a JSON list of `[port, path of a socket]`, then the program and its arguments.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";

const [links = "[]", program = "", ...args] = process.argv.slice(1);

const forward = (port = 0, path = "") => {
  const server = createServer({ noDelay: true }, (inner) => {
    const outer = connect({ path });
    inner.pipe(outer).pipe(inner);
    // Whoever breaks off breaks off both.
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ])
      one?.on("error", () => other?.destroy()).on("close", () => other?.destroy());
  });
  server.listen(port, "127.0.0.1");
  return once(server, "listening");
};

// The agent gets signals of its own; until it has ended it may need its model.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
for (const [port = 0, path = ""] of JSON.parse(links)) await forward(port, path);

const agent = spawn(program, args, { stdio: "inherit" });
agent.on("error", (error) => {
  process.stderr.write(`cannot be started in the sandbox: ${error.message}\n`);
  process.exit(127);
});
agent.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Some signals end nobody in this place: say it as a shell does.
  setTimeout(() => process.exit(128 + 15), 1_000);
});
