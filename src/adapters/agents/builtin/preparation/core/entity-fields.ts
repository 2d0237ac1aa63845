import type { Entity } from "../../../../../spec/model.ts";
import { naming, topicName } from "../../analysis/domain.ts";
import { entityTopic } from "../../architecture/entity-owners.ts";
import { listedParts } from "../../text/listed-parts.ts";
import { plain, singular, stem, wordsOf } from "../../text/terms.ts";

/** A field as the spec names it, with what the spec says of it in the same breath. */
export interface Field {
  readonly name: string;
  readonly rule: string | null;
}

/** Words before a list of fields: `Contains …`, `with …`, `Attributes: …`. */
const OPENING =
  /(?:\b(?:key |core |main )?(?:attributes?|fields|properties|attributs?|champs|felder|campos)\b[^:.]{0,30}:\s*|\b(?:contains?|includes?|including|consists? of|holds?|records?|stores?|tracks?|has|carries)\s+(?=(?:an?\s|the\s)?[\p{L}-]+(?:\s[\p{L}-]+){0,4}[,(]))/iu;
/** More words than this are a sentence, not a field. */
const WORDS = 7;

/** The part of an entity's text that lists its fields; empty when it tells them in no list. */
function listIn(text: string): string {
  const whole = plain(text).slice(0, 2_000);
  const opened = OPENING.exec(whole);
  const behind = opened
    ? whole.slice(opened.index + opened[0].length)
    : (/^[^:]{0,160}:\s+(.+)$/s.exec(whole)?.[1] ?? "");
  return behind.split(/\.(?:\s|$)/)[0] ?? "";
}

/** What a bracket says of a field, rather than its values. */
const CONDITION =
  /\d|\b(?:unique|optional|required|mandatory|case|default\w*|max\w*|min\w*|characters?|only|hashed|encrypted|null|immutable|generated)\b|^(?:e\.g|i\.e)/i;

/** `state (free, on loan)` → its values; `name (optional)` → what the bracket says. */
function fieldOf(part: string): Field | undefined {
  const text = part
    .replace(/^(?:and|or|et|und|y)\s+/i, "")
    .replace(/^(?:an?|the|its|their)\s+/i, "")
    .trim();
  const [, name = "", bracket] =
    /^([^([]{1,80}?)\s*(?:[([]([^)\]]{1,300})[)\]])?\.?$/su.exec(text) ?? [];
  if (name === "" || name.split(/\s+/).length > WORDS) return undefined;
  const values = bracket?.split(/\s*[,/|]\s*/) ?? [];
  const told =
    values.length > 1 && !values.some((one) => CONDITION.test(one))
      ? `one of: ${values.join(", ")}`
      : (bracket ?? null);
  const unit = /^(.{2,40}?)\s+in\s+([\p{L}%]{2,20})$/u.exec(name);
  if (unit?.[1] !== undefined && told === null) return { name: unit[1], rule: `in ${unit[2]}` };
  return { name, rule: told };
}

/** The fields that the spec gives an entity; empty when it lists none. */
export function fieldsOf({ text, fields }: Entity): readonly Field[] {
  const parts = listedParts(listIn(text)).map(fieldOf);
  const read = parts.filter((field) => field !== undefined);
  const own = parts.length > 1 && read.length >= parts.length * 0.75 ? read : [];
  const listed =
    fields.length > 1
      ? fields.map((name) => read.find((one) => one.name === name) ?? { name, rule: null })
      : [];
  return own.length >= listed.length ? own : listed;
}

/** The values of a field that says `one of: …`. */
export const valuesOf = ({ rule }: Field): readonly string[] =>
  rule?.startsWith("one of: ") ? rule.slice(8).split(", ") : [];

/** Other entities that an entity's own words name, one of them: "loans" are kept by it, "the loan" is referred to. */
export function refersTo(entity: Entity, all: readonly Entity[]): readonly string[] {
  const words = wordsOf(plain(entity.text).replace(/\([^()]{0,300}\)/g, " "))
    .filter((word) => word === singular(word))
    .map(stem);
  return all
    .filter((other) => other !== entity && naming(entityTopic(other.name, other.line), words) >= 1)
    .map(({ name }) => topicName(name));
}
