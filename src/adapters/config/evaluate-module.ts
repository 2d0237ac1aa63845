import { spawnSync } from "node:child_process";
import type * as Fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as Jiti from "jiti";
import { z } from "zod";
import { err, ok, type Result } from "../../core/result.ts";
import { MAX_DEPTH } from "./config-node.ts";
import { kindOfCode, plainData, type NotData } from "./plain-data.ts";

/** How long a configuration may take, in milliseconds: one that only states data takes some hundred. */
const TIME_LIMIT_MS = 10_000;
const MAX_OUTPUT = 4_194_304;

/** Why a module gave no data: what happened, and where in the file, if that is known. */
export interface NotEvaluated {
  readonly message: string;
  readonly hint: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Evaluated {
  readonly value: unknown;
  readonly notData: readonly NotData[];
}

const FAILED = z.object({
  failed: z.enum(["threw", "syntax", "nothing", "too-large"]),
  message: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
});
const REPORT = z.union([
  FAILED,
  z.object({
    value: z.unknown().default(null),
    notData: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), what: z.string() })),
  }),
]);

const HINTS: Readonly<Record<z.infer<typeof FAILED>["failed"], string>> = {
  threw: "Correct it, or state the values as they are: a configuration is data.",
  syntax: "Correct the syntax here.",
  nothing: "Write: export default { … } satisfies Config;",
  "too-large": "State the values as they are: a configuration is data.",
};

/**
 * The default export of a TypeScript module, as plain data. Evaluated in a process of its own, with nothing of our
 * environment, which is ended when it takes too long: whatever the module does, we go on. What it prints goes nowhere.
 * Runs the project's code: only for a project that is trusted.
 */
export function evaluateModule(
  file: string,
  timeLimitMs = TIME_LIMIT_MS,
): Result<Evaluated, NotEvaluated> {
  const config = {
    file,
    jiti: createRequire(import.meta.url).resolve("jiti"),
    limits: { depth: MAX_DEPTH, values: 50_000 },
    maxOutput: MAX_OUTPUT - 1_024,
  };
  const child = spawnSync(
    process.execPath,
    ["--max-old-space-size=256", "--no-warnings", "--input-type=commonjs", "-"],
    {
      cwd: path.dirname(file),
      env: ENVIRONMENT,
      input: `(${String(evaluate)})(require, ${JSON.stringify(config)}, { plain: ${String(plainData)}, kindOf: ${String(kindOfCode)} })`,
      // The report has a channel of its own: what the module prints is no report.
      stdio: ["pipe", "ignore", "ignore", "pipe"],
      timeout: timeLimitMs,
      killSignal: "SIGKILL",
      maxBuffer: MAX_OUTPUT,
      windowsHide: true,
    },
  );
  const output = child.output?.[3];
  return readReport(String(output ?? ""), child.error, timeLimitMs);
}

/** What Node itself needs to start; everything else would make one file mean different things for different people. */
const ENVIRONMENT = Object.fromEntries(
  ["PATH", "SystemRoot", "TMPDIR", "TEMP"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

function readReport(
  text: string,
  error: Error | undefined,
  timeLimitMs: number,
): Result<Evaluated, NotEvaluated> {
  if (error && "code" in error && error.code === "ETIMEDOUT")
    return err({
      message: `it did not end within ${timeLimitMs / 1_000} seconds`,
      hint: "State the values as they are: a configuration waits for nothing and starts nothing.",
    });
  if (error) return err({ message: `it can't be evaluated: ${error.message}`, hint: HINTS.threw });
  if (text === "")
    return err({
      message: "its process ended before it exported anything",
      hint: "Remove what ends the process, or uses up its memory.",
    });
  const read = REPORT.safeParse(parsed(text));
  if (!read.success)
    return err({ message: "it wrote into the channel of its report", hint: HINTS.threw });
  const report = read.data;
  if (!("failed" in report)) return ok(report);
  const { failed, message, line, column } = report;
  return err({
    message,
    hint: HINTS[failed],
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface EvaluateConfig {
  readonly file: string;
  readonly jiti: string;
  readonly limits: Parameters<typeof plainData>[1];
  readonly maxOutput: number;
}

/** The program of the process, as source text: it names nothing outside itself. */
async function evaluate(
  load: NodeJS.Require,
  { file, jiti, limits, maxOutput }: EvaluateConfig,
  data: { readonly plain: typeof plainData; readonly kindOf: typeof kindOfCode },
): Promise<void> {
  const { writeSync }: typeof Fs = load("node:fs");
  const { createJiti }: typeof Jiti = load(jiti);
  const say = (report: object): never => {
    const bytes = Buffer.from(JSON.stringify(report));
    for (let sent = 0; sent < bytes.length;) sent += writeSync(3, bytes, sent);
    process.exit(0);
  };
  const failure = (error: unknown): object => {
    const text = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? String(error.stack) : "";
    const syntax = text.startsWith("ParseError");
    const from = stack.indexOf(`${file}:`);
    const [line, column] = from < 0 ? [] : stack.slice(from + file.length + 1).split(/[^0-9]+/, 2);
    const message = (text.replace(/^ParseError: /, "").split("\n")[0] ?? "").trim();
    return {
      failed: syntax ? "syntax" : "threw",
      message: syntax ? message : `it failed: ${message || "without a message"}`,
      ...(line && { line: Number(line) }),
      ...(column && { column: Number(column) }),
    };
  };
  process.on("uncaughtException", (error) => say(failure(error)));
  try {
    const helper = { defineConfig: (value: unknown) => value };
    const loaded = createJiti(file, {
      fsCache: false,
      moduleCache: false,
      interopDefault: false,
      virtualModules: { wavegate: helper },
    });
    const exported: object = await loaded.import(file);
    const value: unknown = Reflect.get(exported, "default");
    if (value === undefined) say({ failed: "nothing", message: "it has no default export" });
    const report = data.plain(value, limits, data.kindOf);
    const text = JSON.stringify(report);
    if (text.length > maxOutput) say({ failed: "too-large", message: "its value is too large" });
    say(report);
  } catch (error) {
    say(failure(error));
  }
}
