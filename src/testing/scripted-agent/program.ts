/**
 * A small real program that behaves as the JSON script in its argument `--script=…` says; `scripted-agent.ts` has the
 * steps and starts it. Types here come from defaults and inference alone, which makes this file JavaScript, too, so that
 * Node 20 can run it from source.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const valueOf = (name = "") =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? "";

/** Done when the system has taken it. A reader that went away is no reason to crash. */
const write = (bytes = Buffer.alloc(0), toStderr = false) =>
  new Promise((resolve) => {
    (toStderr ? process.stderr : process.stdout).write(bytes, resolve);
  });

const say = (text = "") => write(Buffer.from(`${text}\n`));

/** The prompt, from wherever this program was given it. */
const readPrompt = async () => {
  if (valueOf("prompt") !== "") return Buffer.from(valueOf("prompt"));
  if (valueOf("prompt-file") !== "") return readFileSync(valueOf("prompt-file"));
  const chunks = [Buffer.alloc(0)];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const sayPrompt = async () => {
  const prompt = await readPrompt();
  const sha256 = createHash("sha256").update(prompt).digest("hex");
  await say(JSON.stringify({ bytes: prompt.length, sha256 }));
};

const answerAsRole = async (answers = JSON.parse("{}")) => {
  await readPrompt();
  await say(JSON.stringify(answers[process.env["WAVEGATE_ROLE"] ?? ""] ?? null));
};

/** The text over and over, exactly so many bytes, as fast as the reader takes them. */
const flood = async ({ text = "a", bytes = 0 }) => {
  const block = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)));
  for (let left = bytes; left > 0; left -= block.length)
    await write(left < block.length ? block.subarray(0, left) : block);
};

const launch = ({
  steps = [],
  daemon = false,
  cleanEnv = false,
  quiet = false,
  pidFile = "",
  ...unknown
}) => {
  if (Object.keys(unknown).length > 0) throw new Error("scripted agent: unknown key in spawn");
  const [, first = ""] = process.argv;
  const file = first.startsWith("--") ? [] : [first];
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...file, "--", `--script=${JSON.stringify(steps)}`],
    {
      detached: daemon,
      stdio: quiet ? "ignore" : ["ignore", "inherit", "inherit"],
      env: cleanEnv ? {} : process.env,
    },
  );
  child.unref();
  if (pidFile !== "") appendFileSync(pidFile, `${child.pid}\n`);
};

const perform = (step = JSON.parse("{}")) => {
  const name = Object.keys(step)[0] ?? "";
  const given = step[name];
  switch (name) {
    case "print":
      return say(given);
    case "write":
      return write(Buffer.from(String(given)));
    case "hex":
      return write(Buffer.from(String(given), "hex"));
    case "stderr":
      return write(Buffer.from(`${given}\n`), true);
    case "flood":
      return flood(given);
    case "sleep":
      return wait(given);
    case "forever":
      return wait(2 ** 31 - 1);
    case "exit":
      return process.exit(given);
    case "kill":
      return process.kill(process.pid, given);
    case "ignore":
      return process.on(given, () => {});
    case "prompt":
      return sayPrompt();
    case "answers":
      return answerAsRole(given);
    case "surroundings":
      return say(JSON.stringify({ env: process.env, cwd: process.cwd(), args: process.argv }));
    case "answerFile":
      return writeFileSync(valueOf("answer-file"), given);
    case "append":
      return appendFileSync(given.file, given.text);
    case "spawn":
      return launch(given);
    default:
      throw new Error(`scripted agent: unknown step ${name}`);
  }
};

process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
for (const step of JSON.parse(valueOf("script") || "[]")) await perform(step);
