import type { Usage } from "../../../../core/event.ts";
import { PROVIDER_FAILURES } from "../../shared/classify-failure.ts";
import { textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { reported, total, UNKNOWN_USAGE } from "../../shared/usage.ts";
import type { Problem, Transcript, TranscriptFormat } from "./transcript.ts";

/**
 * Wavegate's own JSON lines, for programs written for it:
 * `{"type":"progress","message":"…"}`, `{"type":"usage","input_tokens":1,"output_tokens":2,"cost_usd":0.1}` (added up),
 * `{"type":"error","message":"…","kind":"overloaded","retry_after_ms":1000}`, `{"type":"answer","value":{…}}`. Without an `answer` event the
 * last object that is none of these is the answer.
 */
export const linesFormat: TranscriptFormat = {
  reader() {
    let usage: Usage = UNKNOWN_USAGE;
    let problem: Problem | undefined;
    let answer: Transcript["answer"];
    let last: JsonObject | undefined;
    return {
      take(event) {
        switch (textOf(event["type"]) ?? "") {
          case "progress":
            break;
          case "usage":
            usage = {
              inputTokens: total(usage.inputTokens, reported(event["input_tokens"])),
              outputTokens: total(usage.outputTokens, reported(event["output_tokens"])),
              costUsd: total(usage.costUsd, reported(event["cost_usd"])),
            };
            break;
          case "error":
            problem = problemOf(event);
            break;
          case "answer":
            if (event["value"] !== undefined) answer = { value: event["value"] };
            break;
          default:
            last = event;
        }
      },
      end() {
        const given = answer ?? (last && { value: last });
        return { usage, ...(problem && { problem }), ...(given && { answer: given }) };
      },
    };
  },
  progress: (event) => (event["type"] === "progress" ? textOf(event["message"]) : undefined),
};

function problemOf(event: JsonObject): Problem {
  const wait = reported(event["retry_after_ms"]);
  const named = PROVIDER_FAILURES.find((kind) => kind === event["kind"]);
  const called = named ?? (wait === "unknown" ? undefined : "rate-limited");
  return {
    kind: "crashed",
    text: textOf(event["message"]) ?? "it reported an error",
    ...(called && { called }),
    ...(wait !== "unknown" && { retryAfterMs: wait }),
  };
}
