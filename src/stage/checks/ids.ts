import type { Spec } from "../../spec/model.ts";

/** Ids that documents refer to by name: requirements, criteria, stories, risks, tasks. */
const ID =
  /(?<![\w-])(?:(?:NFR|FR|SC)-\d{1,4}[a-z]?|US-?\d{1,2}[a-z]?|R-\d{1,3}|T-\d{1,4}|T\d{3}[a-z]?)(?![\w-]|\.\d)/gi;

/** `FR-001 to FR-004`, `SC-001–SC-003`. */
const RANGE =
  /(?<![\w-])((?:NFR|FR|SC)-)(\d{1,4})\s*(?:-|–|—|\.\.\.?|…|to|through)\s*(?:\1)?(\d{1,4})(?![\w-])/gi;

/** Longest range that is taken at its word. */
const MAX_RANGE = 200;

/** One spelling for one id: upper case with a small suffix letter as specs write it (`FR-012a`), `US-1` as `US1`. */
export const normalId = (id: string): string =>
  id
    .toUpperCase()
    .replace(/^US-/, "US")
    .replace(/(?<=\d)[A-Z]$/, (suffix) => suffix.toLowerCase());

/** Ids named in a text, in order, each once. Ranges count as all their members. */
export function idsIn(text: string): readonly string[] {
  const single = [...text.matchAll(ID)].map(([id]) => normalId(id));
  return [...new Set([...single, ...rangesIn(text)])];
}

function rangesIn(text: string): readonly string[] {
  return [...text.matchAll(RANGE)].flatMap(([, prefix = "", from = "", to = ""]) => {
    const [first, last] = [Number(from), Number(to)];
    if (last < first || last - first > MAX_RANGE) return [];
    return Array.from({ length: last - first + 1 }, (_, index) =>
      normalId(`${prefix}${String(first + index).padStart(from.length, "0")}`),
    );
  });
}

/** Ids of the requirements and success criteria of a spec, in its order, each once. */
export const specIds = (spec: Spec): readonly string[] => [
  ...new Set([...spec.requirements, ...spec.criteria].map(({ id }) => normalId(id))),
];

/** Every id that the spec defines or mentions, e.g. those of another spec that it quotes. */
export function idsKnownToSpec(spec: Spec): ReadonlySet<string> {
  return new Set([
    ...specIds(spec),
    ...spec.stories.map(({ id }) => normalId(id)),
    ...idsIn(JSON.stringify(spec)),
  ]);
}
