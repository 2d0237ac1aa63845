/**
 * Starts programs for a process that is large: a process is copied when it starts another one, which takes the longer the more memory it has,
 * and nothing else happens in it meanwhile. Knows nothing of git, decides nothing, and ends with who asked for it. Types here come from
 * defaults and inference alone, which makes this file JavaScript, too: its text is handed to Node.
 */
import { spawn } from "node:child_process";

const tell = (message = JSON.parse("null")) => {
  if (process.connected) process.send?.(message);
};

const nothing = () => {};
/** What ends a program, by number of its request. */
const children = new Map([[0, nothing]]);

const start = (call = JSON.parse("null")) => {
  const { id, file, args, cwd, env, input } = call;
  const child = spawn(file, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  children.set(id, () => child.kill("SIGKILL"));
  child.stdin.on("error", nothing); // it need not read what it is given
  child.stdin.end(input);
  child.stdout.on("data", (chunk) => tell({ id, stdout: chunk }));
  child.stderr.on("data", (chunk) => tell({ id, stderr: chunk }));
  child.on("error", (error) => tell({ id, error: codeOf(error) }));
  child.on("close", (code) => {
    children.delete(id);
    tell({ id, closed: true, code });
  });
};

const codeOf = (error = JSON.parse("null")) => String(error?.code ?? "unknown");

const obey = (message = JSON.parse("null")) => {
  if (message.kill) return children.get(message.id)?.();
  try {
    start(message);
  } catch (error) {
    tell({ id: message.id, error: codeOf(error) });
  }
};

process.on("disconnect", () => process.exit());
process.on("message", (message) => obey(message));
tell({ ready: true });
