import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Json } from "../../../core/json.ts";
import { err, ok } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import type { Agent, AgentFailure, AgentOutcome, AgentRequest } from "../../../ports/agent.ts";
import type { TaskKind } from "../../../stage/task-kind.ts";
import { ANALYSTS, analystNames } from "./analysts.ts";
import type { Part } from "./part.ts";
import { judgeQa } from "./qa/judge-qa.ts";
import { reviewAnalyses } from "./review/review-analyses.ts";
import { synthesizePlan } from "./synthesis/synthesize-plan.ts";

/** The built-in agent asks no model: what it uses is truly nothing. */
const USAGE = { inputTokens: 0, outputTokens: 0, costUsd: 0 } as const;

const failed = (kind: AgentFailure["kind"], message: string): AgentOutcome =>
  err({ kind, message, usage: USAGE, outputBytes: 0 });

/** The parts after the analysts; they tell what they do in their answers. */
const LATER_PARTS: Readonly<Record<Exclude<TaskKind, "analysis">, Part>> = {
  review: reviewAnalyses,
  synthesis: synthesizePlan,
  qa: judgeQa,
};

/** Who plays a request: analysts by role name, the later parts by what they are asked to do. */
const partFor = ({ task, role }: AgentRequest): Part | undefined =>
  task === "analysis" ? ANALYSTS.get(role) : LATER_PARTS[task];

async function play(part: Part, request: AgentRequest): Promise<AgentOutcome> {
  const lines: string[] = [];
  await nextTurn();
  if (request.signal.aborted) return failed("canceled", "Canceled before the analysis began.");
  let value: Json;
  try {
    value = part(request.inputs, (line) => lines.push(line));
  } catch (error) {
    return failed(
      "crashed",
      `The built-in ${request.role} failed on this input: ${oneLine(String(error), 200)}`,
    );
  }
  for (const line of lines) request.onLine(oneLine(line, 200));
  await nextTurn();
  if (request.signal.aborted) return failed("canceled", "Canceled before the answer was written.");
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  try {
    await writeFile(path.join(request.outputFolder, "answer.json"), text, "utf8");
  } catch (error) {
    return failed(
      "crashed",
      `The answer could not be written to ${request.outputFolder}: ${oneLine(String(error), 200)}`,
    );
  }
  return ok({ value, usage: USAGE, outputBytes: Buffer.byteLength(text) });
}

/**
 * The agent that needs no key, no network and no model: analysts, reviewer, synthesizer and QA as rules over the spec's text.
 * Same inputs, same answer, byte for byte. Does not check answers against contracts; the caller does.
 */
export function createBuiltinAgent(): Agent {
  return {
    name: "builtin",
    run: async (request) => {
      const part = partFor(request);
      if (part) return await play(part, request);
      return failed(
        "refused",
        `The built-in agent has no analyst "${oneLine(request.role, 60)}"; it plays ${analystNames()}.`,
      );
    },
    describe: async () => ({
      name: "builtin",
      kind: "builtin",
      summary: "Deterministic analysts, reviewer, synthesizer and QA; offline, no key",
      availability: { available: true, version: "1" },
    }),
  };
}
