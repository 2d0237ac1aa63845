import { z } from "zod";
import { toJson, type Json } from "../core/json.ts";
import { err, ok, type Result } from "../core/result.ts";
import { unmetDemands, type OutputDemand } from "./depth/demand.ts";
import { CONTRACTS, type ContractName } from "./contracts.ts";

/** Most problems of one answer that are told to the agent and to people. */
const MAX_PROBLEMS = 12;

/**
 * Check an answer against its contract, and what depth demands of it besides: the answer with defaults filled in, or what is
 * wrong, one line per problem.
 */
export function checkAnswer(
  contract: ContractName,
  answer: Json,
  demands: readonly OutputDemand[] = [],
): Result<Json, readonly string[]> {
  const parsed = CONTRACTS[contract].safeParse(answer);
  if (!parsed.success)
    return err(
      shown(
        parsed.error.issues.map(
          (issue) => `${issue.path.map(String).join(".") || "the answer"}: ${issue.message}`,
        ),
      ),
    );
  const value = toJson(parsed.data);
  const unmet = unmetDemands(contract, demands, value);
  return unmet.length === 0 ? ok(value) : err(shown(unmet.map(({ problem }) => problem)));
}

function shown(problems: readonly string[]): readonly string[] {
  const some = problems.slice(0, MAX_PROBLEMS);
  return problems.length > some.length
    ? [...some, `and ${problems.length - some.length} more`]
    : some;
}

const schemas = new Map<ContractName, Json>();

/** The JSON Schema of a contract, as agents get it. Made once for each. */
export function answerSchema(contract: ContractName): Json {
  const known = schemas.get(contract);
  if (known !== undefined) return known;
  const made = toJson(z.toJSONSchema(CONTRACTS[contract], { io: "input" }));
  schemas.set(contract, made);
  return made;
}
