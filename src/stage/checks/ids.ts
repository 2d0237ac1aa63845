import type { Spec } from "../../spec/model.ts";

/** Ids that documents refer to by name, of the common families: requirements, criteria, stories, risks, tasks. */
const ID =
  /(?<![\w-])(?:(?:NFR|FR|SC)-\d{1,4}[a-z]?|US-?\d{1,2}[a-z]?|R-\d{1,3}|T-\d{1,4}|T\d{3}[a-z]?)(?![\w-]|\.\d)/gi;

/** `FR-001 to FR-004`, `SC-001–SC-003`. */
const RANGE =
  /(?<![\w-])((?:NFR|FR|SC)-)(\d{1,4})\s{0,9}(?:-|–|—|\.\.\.?|…|to|through)\s{0,9}(?:\1)?(\d{1,4})(?![\w-])/gi;

/** Longest range that is taken at its word. */
const MAX_RANGE = 200;

/** One spelling for one id: upper case with a small suffix letter as specs write it (`FR-012a`), `US-1` as `US1`. */
export const normalId = (id: string): string =>
  id
    .toUpperCase()
    .replace(/^US-/, "US")
    .replace(/(?<=\d)[A-Z]$/, (suffix) => suffix.toLowerCase());

/** A word that may be an id of whatever family: `RF-001`, `FR-AUTH-001`, `FR-1.2`, `FR_005`. */
const WORD = /[\w-]+(?:\.\d[\w-]*)*/g;

/** Whether an id can be found as a word; others, like `Risk 1`, are phrases. */
export const isWord = (id: string): boolean => /^[\w-]+(?:\.\d[\w-]*)*$/.test(id);

/** The same for ranges of it. */
const OWN_RANGE =
  /(?<![\w-])([A-Z]{1,6}(?:[-_][A-Z]{2,12}){0,2}[-_]?)(\d{1,4})\s{0,9}(?:-|–|—|\.\.\.?|…|to|through)\s{0,9}(?:\1)?(\d{1,4})(?![\w-]|\.\d)/gi;

const NONE: ReadonlySet<string> = new Set();

/**
 * Ids named in a text, each once. Ranges count as all their members.
 *
 * @param own ids of a spec (see `ownIds`), found whatever family they are of; of ranges only members that are there
 */
export function idsIn(text: string, own: ReadonlySet<string> = NONE): readonly string[] {
  const common = [...text.matchAll(ID)].map(([id]) => normalId(id));
  return [...new Set([...common, ...rangesIn(text, RANGE), ...ownIn(text, own)])];
}

function ownIn(text: string, own: ReadonlySet<string>): readonly string[] {
  if (own.size === 0) return [];
  const words = [...text.matchAll(WORD)].map(([word]) => normalId(word));
  return [...words, ...rangesIn(text, OWN_RANGE)].filter((id) => own.has(id));
}

function rangesIn(text: string, range: RegExp): readonly string[] {
  return [...text.matchAll(range)].flatMap(([, prefix = "", from = "", to = ""]) => {
    const [first, last] = [Number(from), Number(to)];
    if (last < first || last - first > MAX_RANGE) return [];
    return Array.from({ length: last - first + 1 }, (_, index) =>
      normalId(`${prefix}${String(first + index).padStart(from.length, "0")}`),
    );
  });
}

/** Ids that a spec itself defines: requirements, criteria and stories; those that it only may define count. */
export const ownIds = (spec: Spec): ReadonlySet<string> =>
  new Set([...accountableIds(spec), ...spec.stories.map(({ id }) => normalId(id))]);

/** The ids that a plan must address: requirements, then success criteria, each in the order of the spec and once. */
export const specIds = (spec: Spec): readonly string[] => [
  ...new Set([...spec.requirements, ...spec.criteria].map(({ id }) => normalId(id))),
];

/** The ids that a plan must address or name as not covered: those, and the ones of which the spec leaves open whether it defines them. */
export const accountableIds = (spec: Spec): readonly string[] => [
  ...new Set([...specIds(spec), ...spec.loose.map(({ id }) => normalId(id))]),
];

/** Every id that the spec defines or mentions, e.g. those of another spec that it quotes. */
export function idsKnownToSpec(spec: Spec): ReadonlySet<string> {
  return new Set([...ownIds(spec), ...idsIn(JSON.stringify(spec))]);
}
