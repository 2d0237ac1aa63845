import type { Folded } from "../core/markdown/folded.ts";
import {
  CRITERION_FAMILIES,
  OTHER_FAMILIES,
  REQUIREMENT_FAMILIES,
  type LeadingId,
} from "./item-id.ts";
import type { Priority } from "./model.ts";
import { obligationsIn } from "./obligations.ts";
import type { Spot } from "./outline.ts";

/** A text with an id in front, wherever it was found. */
export interface Numbered {
  readonly spot: Spot;
  readonly id: LeadingId;
  /** Starts with the id. */
  readonly body: Folded;
  readonly text: string;
  readonly priority: Priority | undefined;
  readonly measurement: string | undefined;
}

/** What texts with ids in front are, each id defined in one kind of place. */
export interface Definitions {
  readonly requirements: readonly Numbered[];
  readonly criteria: readonly Numbered[];
  readonly loose: readonly Numbered[];
}

/** Sections in which an item with an id is a definition, whatever it says. */
export const HOME: ReadonlySet<string> = new Set([
  "requirements",
  "other",
  "constraints",
  "context",
]);

const familyOf = ({ id }: Numbered): string => id.family.split(/[-_]/)[0] ?? "";

const isCriterion = (one: Numbered): boolean =>
  (one.id.family.startsWith("SC") && CRITERION_FAMILIES.has(familyOf(one))) ||
  (one.spot.kind === "success-criteria" &&
    !OTHER_FAMILIES.has(one.id.family) &&
    !REQUIREMENT_FAMILIES.has(one.id.family));

const isRequirement = (one: Numbered): boolean =>
  !OTHER_FAMILIES.has(one.id.family) &&
  !/^SC\b/.test(one.id.family) &&
  (one.spot.kind === "requirements" || REQUIREMENT_FAMILIES.has(familyOf(one)));

/** What an item says of an id that is defined elsewhere: where to look, or what became of it. */
const REFERENCE =
  /^(?:see|cf|per|as|voir|siehe|ver|véase|vedi|also|updated?|amended|removed?|dropped|replaced|superseded|renamed|merged|deleted|clarified|unchanged|added|resolved|answered|moved|deprecated|covered|covers|implemented|tested|verified|done|ok|yes|no|n\/a|tbd|todo)\b/iu;

/** Fewest words that can state a requirement without a word like MUST. */
const STATES = 4;

/** Whether an item outside the sections of requirements says what its id demands. */
const defines = ({ text, spot }: Numbered): boolean =>
  spot.kind !== "out-of-scope" &&
  (obligationsIn(text).length > 0 ||
    (!REFERENCE.test(text) && (text.match(/[\p{L}\p{N}]+/gu) ?? []).length >= STATES));

/** How surely an item defines its id, by where it stands and what it says: 0 is surest; 3 means that it can't be told. */
function doubt(one: Numbered, home: string): number {
  if (one.spot.kind === home) return 0;
  if (HOME.has(one.spot.kind)) return 1;
  return defines(one) ? 2 : 3;
}

/** Of several items with one id those count that most surely define it; outside the sections of requirements only the first. */
function surest(all: readonly Numbered[], home: string): ReadonlyMap<string, readonly Numbered[]> {
  const found = new Map<string, { readonly least: number; readonly items: Numbered[] }>();
  for (const one of all) {
    const least = doubt(one, home);
    const known = found.get(one.id.id);
    if (!known || least < known.least) found.set(one.id.id, { least, items: [one] });
    else if (least === known.least && least < 2) known.items.push(one);
  }
  return new Map([...found].map(([id, { items }]) => [id, items]));
}

/**
 * Tell definitions from mentions. An item with the id of a requirement or success criterion defines it wherever it
 * stands, unless its section is the wrong one and another item defines it, or it only refers to it. What only one such
 * item names is neither: it is loose, and so is what the section puts out of scope.
 */
export function definitionsIn(all: readonly Numbered[]): Definitions {
  const measured = surest(all.filter(isCriterion), "success-criteria");
  const demanded = surest(
    all.filter((one) => !isCriterion(one) && isRequirement(one)),
    "requirements",
  );
  const settled = (items: ReadonlyMap<string, readonly Numbered[]>, home: string): Set<Numbered> =>
    new Set([...items.values()].flat().filter((one) => doubt(one, home) < 3));
  const criteria = settled(measured, "success-criteria");
  const requirements = settled(demanded, "requirements");
  const loose = new Set(
    [...measured.values(), ...demanded.values()]
      .flat()
      .filter((one) => !criteria.has(one) && !requirements.has(one)),
  );
  const inOrder = (some: ReadonlySet<Numbered>) => all.filter((one) => some.has(one));
  return {
    requirements: inOrder(requirements),
    criteria: inOrder(criteria),
    loose: inOrder(loose),
  };
}
