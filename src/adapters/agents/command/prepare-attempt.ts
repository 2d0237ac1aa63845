import { randomBytes } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { err, ok, type Result } from "../../../core/result.ts";
import type { AgentFailure, AgentRequest } from "../../../ports/agent.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { installHint } from "./describe-program.ts";
import { attemptEnvironment } from "./environment.ts";
import { fillArguments, mentions, type Placeholders } from "./fill-arguments.ts";
import { findProgram } from "./find-program.ts";
import { diskError, type MakeFilter } from "../shared/output-file.ts";
import type { ProcessPlan } from "./run-process.ts";

export interface AttemptSettings {
  readonly definition: ResolvedAgentDefinition;
  /** The allowed variables, without those of the attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** Tags of attempts this process itself runs in, `:` between. */
  readonly outerTags: string | undefined;
  readonly graceMs: number;
  /** Takes secrets out of raw output before it is kept. */
  readonly makeFilter: MakeFilter | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface PreparedAttempt {
  readonly plan: ProcessPlan;
  /** Where the program leaves its answer, if not on stdout. */
  readonly answerFile: string | undefined;
}

/** Why an attempt could not begin. */
export type NotPrepared = Pick<AgentFailure, "kind" | "message">;

/** Find the program, write the files its arguments name, fill in the arguments. Nothing is started. */
export async function prepareAttempt(
  settings: AttemptSettings,
  request: AgentRequest,
): Promise<Result<PreparedAttempt, NotPrepared>> {
  const { definition, env, outerTags } = settings;
  const [programName = "", ...args] = definition.command;
  const cwd = path.resolve(request.cwd);
  if (!(await isFolder(cwd)))
    return err({ kind: "crashed", message: `was not started: the folder ${cwd} is gone` });
  const program = await findProgram(programName, env["PATH"], cwd);
  if (!program.found)
    return err({
      kind: "not-installed",
      message: `is not installed: ${program.reason}. ${installHint(definition)}`,
    });

  const values = placeholders(request, cwd);
  const filled = fillArguments(args, values);
  if (!filled.ok) return err({ kind: "refused", message: `cannot be asked: ${filled.error}` });
  await writeFiles(args, values);
  const tag = randomBytes(16).toString("hex");
  const tags = outerTags === undefined ? tag : `${outerTags}:${tag}`;
  return ok({
    plan: {
      file: program.file,
      args: filled.value,
      cwd,
      env: attemptEnvironment(env, request, tags),
      tag,
      input: definition.prompt === "stdin" ? request.prompt : "",
      limits: request.limits,
      signal: request.signal,
      graceMs: settings.graceMs,
    },
    answerFile: definition.answer === "file" ? values.answerFile : undefined,
  });
}

const isFolder = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );

function placeholders(request: AgentRequest, cwd: string): Placeholders {
  const folder = path.resolve(request.outputFolder);
  return {
    prompt: request.prompt,
    promptFile: path.join(folder, "prompt.md"),
    answerFile: path.join(folder, "answer.json"),
    schemaFile: path.join(folder, "schema.json"),
    schema: JSON.stringify(request.schema),
    cwd,
  };
}

/** Only files that an argument names are written; an answer of an earlier attempt must never count for this one. */
async function writeFiles(args: readonly string[], values: Placeholders): Promise<void> {
  if (mentions(args, "promptFile"))
    await writeFile(values.promptFile, values.prompt).catch(diskError(values.promptFile));
  if (mentions(args, "schemaFile"))
    await writeFile(values.schemaFile, `${values.schema}\n`).catch(diskError(values.schemaFile));
  if (mentions(args, "answerFile")) await rm(values.answerFile, { force: true, recursive: true });
}
