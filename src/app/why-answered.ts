import { WavegateError } from "../core/error.ts";
import { oneLine } from "../core/text.ts";
import type { Artifacts } from "../ports/artifacts.ts";
import { INPUT, INSTRUCTIONS, pairParts, type PartPair } from "../stage/cache/key-parts.ts";
import { reasonText } from "../stage/cache/reasons.ts";
import { textChanges, type TextChange } from "../stage/cache/text-changes.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { RunCall } from "./run-calls.ts";

/** A part of a key that is not as it was. */
export interface ChangedPart extends PartPair {
  /** Where the text changed; null where it is no text, or not kept any more. */
  readonly changes: readonly TextChange[] | null;
}

/** Why a call asked its agent, or did not. */
export interface CallReason {
  readonly call: RunCall;
  /** In words. */
  readonly because: string;
  readonly changed: readonly ChangedPart[];
  /** Names of the parts that are as they were. */
  readonly same: readonly string[];
}

/**
 * The calls that a name stands for: one by its step, `planning-requirements-r1-a1`; else all of a role or stage, or all
 * whose steps begin so. Throws USAGE for a name that none has.
 */
export function callsNamed(
  calls: readonly RunCall[],
  run: string,
  name: string,
): readonly RunCall[] {
  const exact = calls.filter(({ step }) => step === name);
  if (exact.length > 0) return exact;
  const dashed = name.replaceAll("/", "-");
  const named = calls.filter(
    ({ step, role }) => role === name || step === dashed || step.startsWith(`${dashed}-`),
  );
  if (named.length > 0) return named;
  const roles = [...new Set(calls.map(({ role }) => role))];
  const near = nearestName(dashed, [...roles, ...calls.map(({ step }) => step)]);
  throw new WavegateError("USAGE", `The run has no step "${oneLine(name, 60)}".`, {
    hint:
      calls.length === 0
        ? `No agent was asked yet; watch it with: wavegate watch ${run}`
        : near === undefined
          ? `Name a role (${roles.join(", ")}) or one of the steps of: wavegate show ${run}`
          : `Did you mean ${near}? All steps: wavegate show ${run}`,
  });
}

/** Why each of these calls was answered as it was, with the texts that are still kept by hash. */
export const whyAnswered = (
  artifacts: Pick<Artifacts, "get">,
  calls: readonly RunCall[],
): Promise<readonly CallReason[]> => Promise.all(calls.map((call) => reasonOf(artifacts, call)));

const differs = ({ before, after }: PartPair) => before !== after;

async function reasonOf(artifacts: Pick<Artifacts, "get">, call: RunCall): Promise<CallReason> {
  const { cache } = call;
  if (!cache)
    return {
      call,
      because: "nothing was recorded: an earlier version of Wavegate made this call",
      changed: [],
      same: [],
    };
  const pairs = cache.earlier ? pairParts(cache.earlier.parts, cache.parts) : [];
  // What is damaged or taken as it is has nothing to be compared with.
  const compared = cache.because === "changed" ? pairs : [];
  const changed = await Promise.all(
    compared.filter(differs).map((pair) => withText(artifacts, pair)),
  );
  const same = (compared.length > 0 ? compared : pairs).filter((pair) => !differs(pair));
  return {
    call,
    because: reasonText(cache, Date.parse(call.at)),
    changed,
    same: same.map(({ name }) => name),
  };
}

async function withText(artifacts: Pick<Artifacts, "get">, pair: PartPair): Promise<ChangedPart> {
  const { name, before, after } = pair;
  if (before === null || after === null || !(name.startsWith(INPUT) || name === INSTRUCTIONS))
    return { ...pair, changes: null };
  const [old, now] = await Promise.all([artifacts.get(before), artifacts.get(after)]);
  return { ...pair, changes: old.ok && now.ok ? textChanges(old.value, now.value) : null };
}
