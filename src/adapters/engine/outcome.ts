import type { Json } from "../../core/json.ts";

/** How an effect, a child or a whole workflow ended. A thrown error is journaled like a value: it is the same on replay. */
export type Outcome =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

export const isOutcome = (value: unknown): value is Outcome =>
  typeof value === "object" && value !== null && "ok" in value;

export async function outcomeOf(call: () => Promise<Json>): Promise<Outcome> {
  try {
    return { ok: true, value: JSON.parse(JSON.stringify((await call()) ?? null)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The value has the type its effect or workflow declares: what was put in comes out. */
export function valueOf(outcome: Outcome) {
  if (outcome.ok) return JSON.parse(JSON.stringify(outcome.value));
  throw new Error(outcome.message);
}
