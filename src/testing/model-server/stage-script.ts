import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Json } from "../../core/json.ts";
import type { Agent } from "../../ports/agent.ts";
import type { StageSpec } from "../../stage/stage-spec.ts";
import { resultsSincePrompt, toolOfCall, userTexts, type ModelRequest } from "./model-request.ts";
import { readPrompt, type StagePrompt } from "./read-prompt.ts";
import { resultTool } from "./reply.ts";
import type { ModelUsage, Turn } from "./turn.ts";

export interface StageScript {
  /** What a role answers. May depend on everything that the agent was told. */
  readonly answer: (prompt: StagePrompt, request: ModelRequest) => Json | Promise<Json>;
  /** Stages whose prompts may come. Default: planning. */
  readonly stages?: readonly StageSpec[];
  /** What each answer to a role is told to have used. Default: by length. */
  readonly usage?: (prompt: StagePrompt, request: ModelRequest) => ModelUsage | undefined;
  /** Asked first, for each request that a role's prompt stands in; a turn of its own comes instead of the answer. */
  readonly before?: (prompt: StagePrompt, request: ModelRequest) => Turn | undefined;
}

/** What is said to requests that no role asks: titles, summaries, checks that agents make for themselves. In JSON where it is to be that: else some ask again and again. */
const aside = ({ schema }: ModelRequest): Turn => ({
  ...(schema === undefined ? { text: "Planning" } : { object: {} }),
  label: "aside",
});

/**
 * The script of a model that plays all roles of a stage, whichever agent asks: it finds the role's prompt in the
 * conversation, and answers in the way the request wants. Once the result was taken by a tool, it says so and ends its turn.
 */
export function stageScript(script: StageScript): (request: ModelRequest) => Promise<Turn> {
  return async (request) => {
    const prompt = promptIn(request, script.stages);
    if (prompt === undefined) return aside(request);
    const label = `${prompt.role.name}${prompt.repair ? " again" : ""}`;
    const usage = script.usage?.(prompt, request);
    const all = { label, ...(usage && { usage }) };
    if (wasTaken(request)) return { ...all, text: "The result was submitted." };
    const own = script.before?.(prompt, request);
    if (own !== undefined) return { ...all, ...own };
    const object = await script.answer(prompt, request);
    // A tool that refuses it twice is not to be had: its agent may have denied it.
    return resultsOfTool(request).length > 1
      ? { ...all, text: JSON.stringify(object) }
      : { ...all, object };
  };
}

/** The newest prompt of a role among what the person said. */
function promptIn(
  request: ModelRequest,
  stages: readonly StageSpec[] | undefined,
): StagePrompt | undefined {
  for (const text of userTexts(request).toReversed())
    for (const stage of stages ?? [undefined]) {
      const found = readPrompt(text, stage);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** What the tool for results has said since the person spoke. */
function resultsOfTool(request: ModelRequest) {
  const tool = resultTool(request)?.name;
  return resultsSincePrompt(request).filter(({ id }) => toolOfCall(request, id) === tool);
}

/** Whether it has taken one: each program words that in its own way. */
function wasTaken(request: ModelRequest): boolean {
  const last = resultsOfTool(request).at(-1);
  if (last === undefined || last.failed === true) return false;
  return /accepted|success/i.test(last.text) && !/not accepted|error|invalid/i.test(last.text);
}

/**
 * Has an agent play all roles: a model that answers as well as the agent does. The built-in agent makes it a whole stage
 * without a model; the roles' inputs are read from the prompt.
 */
export const answersOf =
  (agent: Agent): StageScript["answer"] =>
  async ({ stage, role, task, inputs, text }) => {
    const folder = await mkdtemp(path.join(tmpdir(), "wavegate-model-"));
    try {
      const outcome = await agent.run({
        runId: "model",
        stage: stage.name,
        role: role.name,
        task,
        contract: role.contract,
        prompt: text,
        inputs,
        schema: {},
        cwd: folder,
        outputFolder: folder,
        limits: { timeoutMs: 60_000, stallMs: 60_000, maxOutputBytes: 64 * 1024 * 1024 },
        signal: new AbortController().signal,
        onLine: () => {},
      });
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value.value;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
