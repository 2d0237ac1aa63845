import { z } from "zod";
import { toJson, type Json } from "../core/json.ts";
import { err, ok, type Result } from "../core/result.ts";
import { CONTRACTS, type ContractName } from "./contracts.ts";

/** Most problems of one answer that are told to the agent and to people. */
const MAX_PROBLEMS = 12;

/** Check an answer against its contract: the answer with defaults filled in, or what is wrong, one line per problem. */
export function checkAnswer(contract: ContractName, answer: Json): Result<Json, readonly string[]> {
  const parsed = CONTRACTS[contract].safeParse(answer);
  if (parsed.success) return ok(toJson(parsed.data));
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.map(String).join(".") || "the answer"}: ${issue.message}`,
  );
  const shown = problems.slice(0, MAX_PROBLEMS);
  return err(
    problems.length > shown.length
      ? [...shown, `and ${problems.length - shown.length} more`]
      : shown,
  );
}

/** The JSON Schema of a contract, as agents get it. */
export const answerSchema = (contract: ContractName): Json =>
  toJson(z.toJSONSchema(CONTRACTS[contract], { io: "input" }));
