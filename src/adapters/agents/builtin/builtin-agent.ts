import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Json } from "../../../core/json.ts";
import { WavegateError } from "../../../core/error.ts";
import { err, ok } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import type { Agent, AgentFailure, AgentOutcome, AgentRequest } from "../../../ports/agent.ts";
import { writePrivate } from "../shared/private-file.ts";
import { meetDemands } from "./additions/meet-demands.ts";
import { readDirections } from "./additions/read-directions.ts";
import { LEADS } from "./leads.ts";
import { SPECIALISTS } from "./specialists.ts";
import type { Part } from "./part.ts";

/** The built-in agent asks no model: what it uses is truly nothing. */
const USAGE = { inputTokens: 0, outputTokens: 0, costUsd: 0 } as const;

const failed = (kind: AgentFailure["kind"], message: string): AgentOutcome =>
  err({ kind, message, usage: USAGE, outputBytes: 0 });

/** Who plays a request: specialists by the contract they answer, leads by their stage. */
const partFor = ({ stage, task, contract }: AgentRequest): Part | undefined =>
  task === "analysis" ? SPECIALISTS.get(contract) : LEADS.get(stage)?.[task];

async function play(part: Part, request: AgentRequest): Promise<AgentOutcome> {
  const lines: string[] = [];
  await nextTurn();
  if (request.signal.aborted) return failed("canceled", "Canceled before the analysis began.");
  let value: Json;
  try {
    const answer = part(request.inputs, (line) => lines.push(line));
    value = meetDemands(request.contract, answer, readDirections(request.inputs));
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
    await writePrivate(path.join(request.outputFolder, "answer.json"), text);
  } catch (error) {
    if (error instanceof WavegateError) throw error;
    return failed(
      "crashed",
      `The answer could not be written to ${request.outputFolder}: ${oneLine(String(error), 200)}`,
    );
  }
  return ok({ value, usage: USAGE, outputBytes: Buffer.byteLength(text) });
}

/**
 * The agent that needs no key, no network and no model: analysts, reviewer, synthesizer and QA as rules over the spec's text.
 * Same inputs, same answer, byte for byte. Does not check answers against contracts; the caller does. Errors of the disk
 * are thrown as `WavegateError`: no other attempt would mend them. `version` is the package's: other rules, other answers.
 */
export function createBuiltinAgent(version = "unknown"): Agent {
  return {
    name: "builtin",
    run: async (request) => {
      const part = partFor(request);
      if (part) return await play(part, request);
      return failed(
        "refused",
        `The built-in agent has no part for ${request.contract} in the stage "${oneLine(request.stage, 60)}".`,
      );
    },
    describe: async () => ({
      name: "builtin",
      kind: "builtin",
      summary: "Deterministic analysts, reviewer, synthesizer and QA; offline, no key",
      availability: { available: true, version },
      worksFrom: "inputs",
    }),
  };
}
