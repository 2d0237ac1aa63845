import { z } from "zod";
import type { Json } from "../../core/json.ts";
import type { PlanMessage } from "../../execution/plan-message.ts";

const by = z.string();
const why = z.string();

const says = z.discriminatedUnion("what", [
  z.object({ what: z.literal("allow") }),
  z.object({ what: z.literal("retry") }),
  z.object({ what: z.literal("refuse"), why }),
  z.object({ what: z.literal("skip"), why }),
  z.object({ what: z.literal("tick"), note: z.string() }),
]);

const raised = z.object({
  stage: z.string().nullable(),
  role: z.string().nullable(),
  unit: z.enum(["tokens", "microUsd"]),
  to: z.number().positive(),
});

const answer = z.strictObject({
  by,
  note: z.string().exactOptional(),
  raises: z.array(raised).exactOptional(),
});

const message = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("task"), task: z.string(), by, says }),
  z.object({ kind: z.literal("release"), point: z.string(), by }),
  z.object({ kind: z.literal("stop"), by, why }),
  answer.extend({ kind: z.literal("resume") }),
]);

/** What a run was told; undefined where it is no message. The answer to a wait is a word to go on, without a kind. */
export function readPlanMessage(value: Json): PlanMessage | undefined {
  const read = message.safeParse(value);
  if (read.success) return read.data;
  const answered = answer.safeParse(value);
  return answered.success ? { ...answered.data, kind: "resume" } : undefined;
}
