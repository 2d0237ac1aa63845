import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Json } from "../../../core/json.ts";
import { WavegateError } from "../../../core/error.ts";
import { err, ok } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import type { Agent, AgentFailure, AgentOutcome, AgentRequest } from "../../../ports/agent.ts";
import { writePrivate } from "../../shared/output/private-file.ts";
import type { Part } from "./part.ts";

/** The built-in agent asks no model: what it uses is truly nothing. */
const USAGE = { inputTokens: 0, outputTokens: 0, costUsd: 0 } as const;

const failed = (kind: AgentFailure["kind"], message: string): AgentOutcome =>
  err({ kind, message, usage: USAGE, outputBytes: 0 });

/**
 * Who plays a request: specialists by the contract they answer, leads by their stage; with what a request's directions ask for besides. Loaded
 * when somebody is asked: it is a fifth of all modules, and most commands ask nobody.
 */
async function partFor({ stage, task, contract }: AgentRequest): Promise<Part | undefined> {
  const [{ SPECIALISTS }, { LEADS }, { meetDemands }, { readDirections }] = await Promise.all([
    import("./specialists.ts"),
    import("./leads.ts"),
    import("./additions/meet-demands.ts"),
    import("./additions/read-directions.ts"),
  ]);
  if (task === "work") return undefined;
  const part = task === "analysis" ? SPECIALISTS.get(contract) : LEADS.get(stage)?.[task];
  return (
    part && ((inputs, tell) => meetDemands(contract, part(inputs, tell), readDirections(inputs)))
  );
}

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
    writes: false,
    run: async (request) => {
      if (request.work)
        return failed(
          "refused",
          "The built-in agent analyses and writes no code: name an agent that is a program (`preset`, `command` or `acp`) for tasks of plans.",
        );
      const part = await partFor(request);
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
