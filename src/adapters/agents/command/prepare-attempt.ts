import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Json } from "../../../core/json.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import { isToWrite, type AgentRequest } from "../../../ports/agent.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { clearAnswerFile, type AnswerFileRules } from "./answer-file.ts";
import {
  lookUpProgram,
  placeProgram,
  type NotBegun,
  type PlacedProgram,
} from "../shared/process/begin-program.ts";
import { attemptEnvironment } from "../shared/process/attempt-environment.ts";
import { cloneOf } from "../shared/clone-of.ts";
import { costArguments } from "./cost-arguments.ts";
import { fillArguments, mentions, type Placeholders } from "./fill-arguments.ts";
import { absoluteFiles, filesNamed } from "../shared/process/files-named.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import { writePrivate } from "../../shared/output/private-file.ts";
import type { ProcessPlan } from "../../shared/process/run-process.ts";

export interface AttemptSettings {
  readonly definition: ResolvedAgentDefinition;
  /** The allowed variables, without those of the attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** The project, where relative paths of its definition lead to although it works in a clone. */
  readonly cwd: string;
  /** Tags of attempts this process itself runs in, `:` between. */
  readonly outerTags: string | undefined;
  readonly graceMs: number;
  /** Takes secrets out of raw output before it is kept. */
  readonly makeFilter: MakeFilter | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Where the program runs. */
  readonly sandbox: Sandbox | undefined;
}

export interface PreparedAttempt extends Pick<PlacedProgram, "release"> {
  readonly plan: ProcessPlan;
  /** Where the program leaves its answer, if not on stdout. */
  readonly answerFile: string | undefined;
  /** The program's own copy of the prompt, to be removed when it has ended: secrets were not taken out of it. */
  readonly promptFile: string | undefined;
}

/**
 * Find the program, write the files its arguments name, and only those, fill in the arguments. Nothing is started. Errors
 * of the disk come out as `WavegateError`.
 */
export async function prepareAttempt(
  settings: AttemptSettings,
  request: AgentRequest,
): Promise<Result<PreparedAttempt, NotBegun>> {
  const { definition, outerTags } = settings;
  const { command, env, from } = startFor(settings, request);
  const [programName = "", ...args] = command;
  const cwd = path.resolve(request.cwd);
  const { install } = definition;
  const program = await lookUpProgram(programName, { cwd, from, env, install });
  if (!program.ok) return program;

  const values = placeholders(request, cwd);
  const filled = fillArguments(args, values);
  if (!filled.ok) return err({ kind: "refused", message: `cannot be asked: ${filled.error}` });
  await writeNamed(args, values, {
    makeFilter: settings.makeFilter,
    most: request.limits.maxOutputBytes,
  });
  const given = await writeSettings(definition, env, path.resolve(request.outputFolder));
  const around = { ...env, ...given, ...request.work?.env };
  const tag = randomBytes(16).toString("hex");
  const placed = await placeProgram(settings.sandbox, {
    start: {
      file: program.value,
      args: [...filled.value, ...costArguments(definition, request.limits)],
      cwd,
      env: attemptEnvironment(around, request, tagsOf(outerTags, tag)),
    },
    // The attempt's folder is all it may change; files that its definition names are shown to it.
    writable: [path.resolve(request.outputFolder)],
    readable: filesNamed(args, cwd),
    ...cloneOf(request),
  });
  if (!placed.ok) return placed;
  return ok({
    plan: {
      ...placed.value.start,
      wrapped: placed.value.wrapped,
      tag,
      input: definition.prompt === "stdin" ? request.prompt : "",
      limits: request.limits,
      signal: request.signal,
      graceMs: settings.graceMs,
    },
    answerFile: definition.answer === "file" ? values.answerFile : undefined,
    promptFile: mentions(args, "promptFile") ? values.promptFile : undefined,
    release: placed.value.release,
  });
}

/** The files that its arguments name, and only those. */
async function writeNamed(
  args: readonly string[],
  values: Placeholders,
  rules: AnswerFileRules,
): Promise<void> {
  if (mentions(args, "schemaFile")) await writePrivate(values.schemaFile, `${values.schema}\n`);
  if (mentions(args, "answerFile")) await clearAnswerFile(values.answerFile, rules);
  if (mentions(args, "promptFile")) await writePrivate(values.promptFile, values.prompt);
}

const tagsOf = (outer: string | undefined, tag: string): string =>
  outer === undefined ? tag : `${outer}:${tag}`;

/** What is started for a request, and where relative paths of the definition lead to. A clone holds what agents wrote: no program of ours comes from there. */
function startFor(
  { definition, env, cwd }: AttemptSettings,
  request: AgentRequest,
): Pick<ResolvedAgentDefinition, "command" | "env"> & { readonly from: string } {
  const from = path.resolve(request.work ? cwd : request.cwd);
  if (!request.work) return { command: definition.command, env, from };
  const writes = isToWrite(request);
  const [program = "", ...args] = (writes ? definition.working : definition).command;
  const command = [program, ...absoluteFiles(args, from)];
  return { command, env: writes ? { ...env, ...definition.working.env } : env, from };
}

/** The preset's settings as a file, and the variable that names it; nothing where the user has one of their own. */
async function writeSettings(
  { settings }: ResolvedAgentDefinition,
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  if (settings === undefined || settings.variable in env) return {};
  const file = path.join(folder, "agent-settings.json");
  await writePrivate(file, `${JSON.stringify(settings.content)}\n`);
  return { [settings.variable]: file };
}

/** The schema for a program: Claude Code takes none that names its dialect, and no program needs the name. */
function schemaText(schema: Json): string {
  if (typeof schema !== "object" || schema === null || !("$schema" in schema))
    return JSON.stringify(schema);
  const { $schema: _, ...rest } = schema;
  return JSON.stringify(rest);
}

function placeholders(request: AgentRequest, cwd: string): Placeholders {
  const folder = path.resolve(request.outputFolder);
  return {
    prompt: request.prompt,
    // Not `prompt.md`: that is what people may read later, without secrets.
    promptFile: path.join(folder, "prompt-for-agent.md"),
    answerFile: path.join(folder, "answer.json"),
    schemaFile: path.join(folder, "schema.json"),
    schema: schemaText(request.schema),
    cwd,
  };
}
