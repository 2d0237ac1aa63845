import { err, ok, type Result } from "../core/result.ts";
import { WavegateError } from "../core/error.ts";
import type { DecisionKind, Rating } from "../core/event.ts";
import { oneLine } from "../core/text.ts";
import { HIGHEST_SCORE, JUDGED, LOWEST_SCORE, type Judged } from "./judged.ts";
import type { Decision } from "./records.ts";

/** What a person asks of a gate, before it is checked. */
export interface DecisionRequest {
  readonly kind: DecisionKind;
  /** Who decides; never blank. */
  readonly by: string;
  /** The digest, or the beginning of it, that the person names. */
  readonly digest: string;
  readonly at: string;
  readonly reason?: string;
  readonly changes?: string;
  readonly edits?: Readonly<Record<string, string>>;
  /** What the person judges besides, by the short name of the metric: 1 to 5. */
  readonly ratings?: Readonly<Record<string, number>>;
}

/** Shortest digest prefix that counts as naming what was seen. */
export const MIN_DIGEST_PREFIX = 6;

/**
 * Turn a request into a decision on exactly what the gate shows, or say why it does not count (ST-11, ST-12):
 * it must name the digest shown and who decides; a rejection must give a reason; a modification must say what to change,
 * in words or as edits of artifacts that are shown, and nothing else may. Blank text counts as none.
 */
export function decide(
  gate: {
    readonly stage: string;
    readonly digest: string;
    readonly artifacts: readonly { readonly name: string }[];
    /** An approval needs a reason, too. */
    readonly strict?: boolean;
  },
  request: DecisionRequest,
): Result<Decision, WavegateError> {
  const { kind, at } = request;
  if (request.digest.length < MIN_DIGEST_PREFIX) return err(digestRequired(gate.digest));
  if (!gate.digest.startsWith(request.digest.toLowerCase()))
    return err(staleDigest(request.digest, gate.digest));
  const [by, reason, changes] = [request.by, request.reason, request.changes].map(said);
  if (!by) return err(nobodyDecides());
  if (kind === "reject" && !reason) return err(reasonRequired("A rejection"));
  if (kind === "approve" && gate.strict === true && !reason)
    return err(reasonRequired("An approval at a strict gate"));
  const edits = Object.entries(request.edits ?? {});
  const asksForChanges = edits.length > 0 || Boolean(changes);
  if (kind !== "modify" && asksForChanges) return err(changesNotTaken(kind));
  if (kind === "modify" && !asksForChanges) return err(changesRequired());
  const unknown = edits.find(([name]) => !gate.artifacts.some((shown) => shown.name === name));
  if (unknown) return err(unknownArtifact(unknown[0], gate.artifacts));
  const ratings = ratingsOf(gate.stage, request.ratings ?? {});
  if (!ratings.ok) return ratings;
  return ok({
    kind,
    by,
    digest: gate.digest,
    at,
    reason: reason ?? null,
    changes: changes ?? null,
    edits: edits.length > 0 ? Object.fromEntries(edits) : null,
    ...(ratings.value.length === 0 ? {} : { ratings: ratings.value }),
  });
}

/** What can be judged at the gate of a stage. */
export const judgedAtGate = (stage: string): readonly Judged[] =>
  JUDGED.filter(
    ({ judge, stages }) => judge === "person" && (stages === undefined || stages.includes(stage)),
  );

function ratingsOf(
  stage: string,
  given: Readonly<Record<string, number>>,
): Result<readonly Rating[], WavegateError> {
  const asked = judgedAtGate(stage);
  const ratings: Rating[] = [];
  for (const [name, score] of Object.entries(given)) {
    const known = asked.find(({ short, metric }) => short === name || metric === name);
    const inRange = Number.isInteger(score) && score >= LOWEST_SCORE && score <= HIGHEST_SCORE;
    if (!known || !inRange) return err(unknownRating(name, asked));
    ratings.push({ metric: known.metric, score });
  }
  return ok(ratings);
}

/** The text without blanks around it, or undefined if that leaves nothing. */
const said = (text: string | undefined): string | undefined => text?.trim() || undefined;

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
    `The gate shows ${short(digest)}, not ${oneLine(given, 64)}: the digest is mistyped, or what you decided on has changed.`,
    { hint: "Look at the proposal again with `wavegate show`, then decide with the digest there." },
  );

const reasonRequired = (what: string) =>
  new WavegateError("GATE_REASON_REQUIRED", `${what} is recorded with its reason.`, {
    hint: 'Add --reason "…".',
  });

const nobodyDecides = () =>
  new WavegateError("USAGE", "A decision is recorded with who made it.", {
    hint: "Give the name of the person who decides.",
  });

const changesNotTaken = (kind: DecisionKind) =>
  new WavegateError("USAGE", `Changes belong to a modification; ${kind} takes none.`, {
    hint: "Ask for the changes with `wavegate modify`, or decide without them.",
  });

const changesRequired = () =>
  new WavegateError("GATE_CHANGES_REQUIRED", "A modification says what to change.", {
    hint: 'Add --text "…" with the change in words, or --file with an edited artifact.',
  });

const unknownRating = (name: string, asked: readonly Judged[]) =>
  new WavegateError("USAGE", `This gate does not take that rating of "${oneLine(name, 40)}".`, {
    hint: `Rate ${asked.map((one) => one.short).join(" or ")} with a whole number from ${LOWEST_SCORE} (bad) to ${HIGHEST_SCORE} (good), like ${asked[0]?.short ?? ""}=4.`,
  });

const unknownArtifact = (name: string, shown: readonly { readonly name: string }[]) =>
  new WavegateError("USAGE", `The gate shows no artifact named "${name}".`, {
    hint: `Use one of: ${shown.map((artifact) => artifact.name).join(", ")}.`,
  });
