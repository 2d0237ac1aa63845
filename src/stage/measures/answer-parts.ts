import { z } from "zod";
import type { Json } from "../../core/json.ts";
import { CONTRACTS, type ContractName } from "../contracts.ts";

/** Parts in which nothing is better than something. */
const BETTER_EMPTY = new Set(["unknowns", "open_questions", "not_testable", "findings"]);

/** The parts that a contract asks for, besides those that say what is not known. */
export function partsOf(contract: ContractName): readonly string[] {
  const [inner] = Object.values(CONTRACTS[contract].shape);
  return inner instanceof z.ZodObject
    ? Object.keys(inner.shape).filter((part) => !BETTER_EMPTY.has(part))
    : [];
}

/** What stands under an answer's one name: `{ risk_assessment: … }`. */
export const bodyOf = (contract: ContractName, answer: Json): Json => {
  const [name = ""] = Object.keys(CONTRACTS[contract].shape);
  return fieldOf(answer, name);
};

export const fieldOf = (value: Json, name: string): Json =>
  isRecord(value) ? (value[name] ?? null) : null;

/** Entries of all lists in a value, at every level. */
export function entriesIn(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = isRecord(value) ? 0 : value.length;
  return Object.values(value).reduce<number>((sum, part) => sum + entriesIn(part ?? null), own);
}

/** Whether a part says anything. */
export function isFilled(value: Json): boolean {
  if (value === null) return false;
  if (typeof value === "string") return value.trim() !== "";
  return typeof value === "object" ? Object.keys(value).length > 0 : true;
}

const isRecord = (value: Json): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
