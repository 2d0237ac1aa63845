import { err, ok, type Result } from "../core/result.ts";
import { WavegateError } from "../core/error.ts";
import type { DecisionKind } from "../core/event.ts";
import type { Decision } from "./records.ts";

/** What a person asks of a gate, before it is checked. */
export interface DecisionRequest {
  readonly kind: DecisionKind;
  readonly by: string;
  /** The digest, or the beginning of it, that the person names. */
  readonly digest: string;
  readonly at: string;
  readonly reason?: string;
  readonly changes?: string;
  readonly edits?: Readonly<Record<string, string>>;
}

/** Shortest digest prefix that counts as naming what was seen. */
export const MIN_DIGEST_PREFIX = 6;

/**
 * Turn a request into a decision on exactly what the gate shows, or say why it does not count (ST-11, ST-12):
 * it must name the digest shown, a rejection must give a reason, a modification must say what to change.
 */
export function decide(
  gate: { readonly digest: string; readonly artifacts: readonly { readonly name: string }[] },
  request: DecisionRequest,
): Result<Decision, WavegateError> {
  if (request.digest.length < MIN_DIGEST_PREFIX) return err(digestRequired(gate.digest));
  if (!gate.digest.startsWith(request.digest.toLowerCase()))
    return err(staleDigest(request.digest, gate.digest));
  if (request.kind === "reject" && !request.reason?.trim()) return err(reasonRequired());
  const edits = Object.entries(request.edits ?? {});
  if (request.kind === "modify") {
    if (edits.length === 0 && !request.changes?.trim()) return err(changesRequired());
    const unknown = edits.find(([name]) => !gate.artifacts.some((shown) => shown.name === name));
    if (unknown) return err(unknownArtifact(unknown[0], gate.artifacts));
  }
  return ok({
    kind: request.kind,
    by: request.by,
    digest: gate.digest,
    at: request.at,
    reason: request.reason?.trim() ?? null,
    changes: request.changes?.trim() ?? null,
    edits: edits.length > 0 ? Object.fromEntries(edits) : null,
  });
}

const short = (digest: string) => digest.slice(0, 12);

const digestRequired = (digest: string) =>
  new WavegateError(
    "GATE_DIGEST_REQUIRED",
    `A decision must name what it is about: the digest that the gate shows, at least ${MIN_DIGEST_PREFIX} characters.`,
    { hint: `Read the proposal, then add --digest ${short(digest)}.` },
  );

const staleDigest = (given: string, digest: string) =>
  new WavegateError(
    "GATE_STALE_DIGEST",
    `The gate now shows ${short(digest)}, not ${given.slice(0, 64)}: what you decided on has changed.`,
    {
      hint: "Look at the proposal again with `wavegate show RUN`, then decide with the new digest.",
    },
  );

const reasonRequired = () =>
  new WavegateError("GATE_REASON_REQUIRED", "A rejection is recorded with its reason.", {
    hint: 'Add --reason "…".',
  });

const changesRequired = () =>
  new WavegateError("GATE_CHANGES_REQUIRED", "A modification says what to change.", {
    hint: 'Add --text "…" with the change in words, or --file with an edited artifact.',
  });

const unknownArtifact = (name: string, shown: readonly { readonly name: string }[]) =>
  new WavegateError("USAGE", `The gate shows no artifact named "${name}".`, {
    hint: `Use one of: ${shown.map((artifact) => artifact.name).join(", ")}.`,
  });
