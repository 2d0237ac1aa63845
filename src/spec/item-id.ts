import type { Folded } from "../core/markdown/folded.ts";

/** An id at the start of a text, as in `**FR-001**: …`, and where the rest begins. */
export interface LeadingId {
  /** Upper-cased; a suffix letter stays small: `FR-012a`. */
  readonly id: string;
  /** The letters in front: `FR`. */
  readonly family: string;
  readonly offset: number;
  readonly rest: number;
}

const ID = "[A-Z]{1,6}(?:[-_][A-Z]{2,12}){0,2}[-_ ]?\\d{1,4}(?:\\.\\d{1,3}){0,2}[a-z]?";
const LEADING = new RegExp(
  `^((?:\\*\\*|__|\`|\\[|~~|\\s){0,4})(${ID})(?![A-Za-z0-9-])((?:\\s*\\([^()]{1,60}\\))?)([\\s*_\`\\]]{0,6})(?:\\([^()]{1,60}\\)\\s*(?=[:：–—-]))?([:：.)–—-])?(\\s*[*_]{2})?\\s*`,
  "iu",
);

const normal = (raw: string): string => {
  const id = raw.toUpperCase().replaceAll(" ", "-");
  return /\d[A-Z]$/.test(id) ? id.slice(0, -1) + id.slice(-1).toLowerCase() : id;
};

/**
 * The id that a list item, cell or heading begins with. It must be set off from the text by bold, brackets or one of
 * `: . ) - – —`, or be all there is: "P2 of the plan" is no id. Lower-case ids count only when set off.
 */
export function leadingId(body: Folded): LeadingId | undefined {
  const match = LEADING.exec(body.text.slice(0, 200));
  if (!match) return undefined;
  const [whole, before = "", raw = "", , after = "", mark] = match;
  const alone = whole.length === body.text.length;
  const setOff = alone || mark !== undefined || /[*_`[\]]/.test(before + after.trim());
  if (!setOff || /^[a-z]/.test(raw) || raw.includes(" ")) return undefined;
  const id = normal(raw);
  const family = /^[A-Z_-]+?(?=[-_]?\d)/.exec(id)?.[0] ?? id;
  return { id, family, offset: before.length, rest: whole.length };
}

/** The priority or note in brackets right after the id: `FR-1 (P1): …`. */
export const bracketAfter = (body: Folded, id: LeadingId): string =>
  body.text.slice(id.offset + id.id.length, id.rest);

/** Families that are never requirements or criteria, wherever they stand. */
export const OTHER_FAMILIES: ReadonlySet<string> = new Set([
  "US",
  "AC",
  "AS",
  "T",
  "Q",
  "A",
  "P",
  "EC",
  "CHK",
  "ADR",
  "RFC",
  "ISO",
  "UTF",
  "SHA",
  "HTTP",
  "TC",
]);

export const CRITERION_FAMILIES: ReadonlySet<string> = new Set(["SC", "CS", "CE", "MO", "KPI"]);

/** Families that are requirements even outside a requirements section. */
export const REQUIREMENT_FAMILIES: ReadonlySet<string> = new Set([
  "FR",
  "NFR",
  "REQ",
  "RF",
  "RNF",
  "RFN",
  "EF",
  "ENF",
  "BR",
  "TR",
  "UR",
  "SR",
]);

export const isNonFunctionalFamily = (family: string): boolean =>
  /^(?:NFR|RNF|RFN|ENF|NF|NFA|QR)\b/.test(family);
