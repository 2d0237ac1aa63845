import { idsIn, normalId } from "../../../../stage/checks/ids.ts";
import { sectionNamed } from "../../../../stage/checks/read-markdown.ts";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import { conflictRequest, conflictsIn } from "./conflict-requests.ts";

/** One change that a person or QA asked for, and what became of it. */
export interface Request {
  /** In the asker's words, one line. */
  readonly text: string;
  readonly result: string;
  /** Whether it was done, or at least recorded as asked. */
  readonly done: boolean;
}

/** What the rework asks for, sorted by what rules can do about it. */
export interface Requests {
  readonly all: readonly Request[];
  readonly assumptions: readonly string[];
  readonly questions: readonly string[];
  readonly excluded: ReadonlyMap<string, string>;
  readonly owners: ReadonlyMap<string, string>;
}

export const REQUESTED = "Requested changes";

/** What becomes of words that rules can't turn into a change. */
export const NOT_APPLIED =
  "not applied: rules can't make this change. Edit the file at the gate, or ask an agent that reads prose";

/**
 * Requests from `rework.json` (reasons of QA, or a person's words at the gate), and those that the previous plan already
 * carried, so that a later round does not lose them. Understood: `note: …`, `assumption: …`, `question: …`,
 * `exclude FR-001: why`, `owner R-001: who`, `C-1: what a person decides`; a complaint that an id is missing is met by construction. The rest is
 * recorded word for word and said not to be applied.
 *
 * @param document the artifact that carries requests on
 */
export function readRequests(
  inputs: Readonly<Record<string, string>>,
  specIds: readonly string[],
  document = "plan.md",
): Requests {
  const rework = parseJson(inputs["rework.json"]);
  const asked = linesOf(
    (Array.isArray(rework) ? rework : []).filter((item) => typeof item === "string"),
  );
  const lines = [...new Set([...earlier(inputs[`previous/${document}`]), ...asked])];
  const requests = {
    all: [] as Request[],
    assumptions: [] as string[],
    questions: [] as string[],
    excluded: new Map<string, string>(),
    owners: new Map<string, string>(),
  };
  const conflicts = conflictsIn(inputs);
  for (const text of lines) {
    const decision = conflictRequest(text, conflicts);
    if (decision) {
      requests.all.push(decision);
      continue;
    }
    const result = apply(text, requests, specIds);
    if (result !== undefined) requests.all.push({ text, result, done: result !== NOT_APPLIED });
  }
  return requests;
}

/** What was asked for, line by line, without the marks of lists. */
export const linesOf = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.replace(/^\s*(?:[-*]|\d+\.)\s+/, "").trim())
    .filter((line) => line !== "");

function apply(
  text: string,
  into: {
    assumptions: string[];
    questions: string[];
    excluded: Map<string, string>;
    owners: Map<string, string>;
  },
  specIds: readonly string[],
): string | undefined {
  const [, word = "", rest = ""] =
    /^(note|assumption|assume|question)\s*:\s*(.+)$/i.exec(text) ?? [];
  if (/^note$/i.test(word)) return "recorded here as it was given";
  if (/^assum/i.test(word)) {
    into.assumptions.push(rest);
    return "added to the assumptions";
  }
  if (/^question$/i.test(word)) {
    into.questions.push(rest);
    return "added to the open questions";
  }
  const [, dropped = "", why = ""] =
    /^(?:exclude|drop|leave out)\s+([^:]+?)\s*(?::\s*(.+))?$/i.exec(text) ?? [];
  const ids = idsIn(dropped, new Set(specIds)).filter((id) => specIds.includes(id));
  if (ids.length > 0) {
    for (const id of ids) into.excluded.set(id, why || "left out on request at the gate");
    return `${ids.join(", ")} moved to Not covered`;
  }
  const [, risk = "", owner = ""] = /^owner\s+(?:of\s+)?(R-\d+)\s*:\s*(.+)$/i.exec(text) ?? [];
  if (owner) {
    into.owners.set(normalId(risk), owner);
    return `owner of ${normalId(risk)} set`;
  }
  return metByConstruction(text) ? undefined : NOT_APPLIED;
}

/** The requests that were not done, each with why, as the contract `synthesis` names them. */
export const notDone = (requests: readonly Request[]): readonly string[] =>
  requests.filter(({ done }) => !done).map(({ text, result }) => `“${text}”: ${result}`);

/** Complaints of the deterministic checks: the plan is built anew from its inputs, so nothing is there to record. */
export const metByConstruction = (text: string): boolean =>
  /is neither addressed in [\w.-]{1,60}\.md|is high and not in plan\.md|has no section "|the section ".*" is empty|is required and missing/.test(
    text,
  );

/** Requests that the previous plan already carried: their quoted words. */
const earlier = (plan: string | undefined): readonly string[] =>
  [...(sectionNamed(plan ?? "", REQUESTED)?.body ?? "").matchAll(/^- “(.+)” — /gm)].map(
    ([, text = ""]) => unquoted(text),
  );

/** A request as it is quoted in the plan; `unquoted` takes it back. */
export const quoted = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~#&]/g, String.raw`\$&`)
    .replace(/\s+/g, " ")
    .trim();
const unquoted = (text: string): string => text.replace(/\\([\\`*_[\]<>|~#&])/g, "$1");
