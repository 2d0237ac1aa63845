import { wholeBody } from "./blocks.ts";
import { placeAt, sliceFolded, tidy, type Folded } from "../core/markdown/folded.ts";
import { leadingId, REQUIREMENT_FAMILIES } from "./item-id.ts";
import type { Entity } from "./model.ts";
import type { Spot } from "./outline.ts";

/** `**Name**: …`, `**Name** *(note)*: …`, `` `Name` - … ``, `Name: …`. */
const NAMED =
  /^(?:\*\*|__|`)([^*`]{1,80}?)\s*[:：]?(?:\*\*|__|`)\s*((?:[*_]{0,2}\([^()]{1,200}\)[*_]{0,2}\s*)?)(?:[:：–—-]+\s*|$|(?=[(（\p{L}]))/u;
const BARE = /^(\p{Lu}[\p{L}\p{N}/ _-]{0,50}?)\s*(?:[:：]\s+|\s[–—-]\s)/u;

const LIST =
  /(?:\b(?:key |core |main )?(?:attributes?|fields|properties)\b|\battributs?(?: metier| métier)?|\bchamps|\b(?:atributos|campos|attributi|attribute|felder)\b|属性|フィールド|字段|속성|필드)[^:：.]{0,30}[:：]\s*/iu;

/** Cut a text at commas and semicolons outside brackets, up to the first full stop outside them. */
function listed(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if ("([{（".includes(char)) depth++;
    else if (")]}）".includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && /[.。]/.test(char) && /^(?:\s|$)/.test(text.slice(at + 1, at + 2)))
      break;
    else if (depth === 0 && /[,;、，；]/.test(char)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start, at)];
}

/** A field's name: what stands before brackets, a colon or a dash; undefined when it reads like prose. */
function fieldName(part: string): string | undefined {
  const bare = part
    .replace(/[([{（].*$/su, "")
    .replace(/\s[–—-]\s.*$/su, "")
    .replace(/[:：=].*$/su, "")
    .replace(/^\s*(?:and|et|y|e|und|or|ou|und)\s+/i, "")
    .replace(/[*_`"]/g, (mark) => (mark === "_" ? "_" : ""))
    .trim();
  return bare !== "" && bare.split(/\s+/).length <= 5 && bare.length <= 50 ? bare : undefined;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*\??$/u;

/** Field names from `Attributes: a, b (unique)` or from a text that is nothing but a list of identifiers. */
function fieldsOf(text: string): readonly string[] {
  const label = LIST.exec(text);
  if (label) {
    const parts = listed(text.slice(label.index + label[0].length));
    return parts.map(fieldName).filter((name) => name !== undefined);
  }
  const names = listed(text).map(fieldName);
  const identifiers = names.filter((name) => name !== undefined && IDENTIFIER.test(name));
  return names.length >= 3 && identifiers.length >= names.length * 0.8
    ? names.filter((name) => name !== undefined)
    : [];
}

function entityFrom(body: Folded): Entity | undefined {
  const match = NAMED.exec(body.text.slice(0, 400)) ?? BARE.exec(body.text.slice(0, 400));
  if (!match) return undefined;
  const text = tidy(body.text.slice(match[0].length));
  const name = tidy(match[1] ?? "");
  if (name === "") return undefined;
  const note = tidy((match[2] ?? "").replace(/[*_]/g, ""));
  return {
    ...placeAt(body, match[0].indexOf(match[1] ?? "")),
    name,
    text: note === "" ? text : tidy(`${note} ${text}`),
    fields: fieldsOf(text),
  };
}

/** A heading under "Key Entities" names an entity; the list below it gives its fields. */
function fromHeading(spots: readonly Spot[], index: number): Entity | undefined {
  const spot = spots[index];
  if (spot?.block.kind !== "heading" || spot.kind !== "entities") return undefined;
  const own = spot.path.at(-1);
  const above = spot.path.slice(0, -1).some((section) => section.kind === "entities");
  if (!own || !above || own.kind !== "other") return undefined;
  const texts: string[] = [];
  const fields: string[] = [];
  for (let at = index + 1; at < spots.length; at++) {
    const block = spots[at]?.block;
    if (!block || block.kind === "heading") break;
    if (block.kind === "paragraph") texts.push(block.body.text);
    if (block.kind === "item") {
      const field = fieldName(block.body.text);
      if (field !== undefined) fields.push(field);
      texts.push(wholeBody(block).text);
    }
  }
  return { ...placeAt(spot.block.body, 0), name: own.title, text: tidy(texts.join("; ")), fields };
}

/** The entities of the "Key Entities" section: list items, table rows and sub-headings that name one. */
export function readEntities(spots: readonly Spot[]): readonly Entity[] {
  return spots.flatMap((spot, index) => {
    const { block } = spot;
    if (spot.kind !== "entities") return [];
    if (block.kind === "heading") return fromHeading(spots, index) ?? [];
    const own = spot.path.at(-1);
    if (own?.kind === "other") return [];
    if (block.kind === "item")
      return isNumbered(block.body) ? [] : (entityFrom(wholeBody(block)) ?? []);
    if (block.kind !== "row" || block.separator || isHeaderRow(spots, index)) return [];
    if (block.cells[0] && isNumbered(block.cells[0])) return [];
    return fromRow(block.cells);
  });
}

const isHeaderRow = (spots: readonly Spot[], index: number): boolean => {
  const next = spots[index + 1]?.block;
  return next?.kind === "row" && next.separator;
};

/** A requirement or criterion that stands among the entities is none. */
function isNumbered(body: Folded): boolean {
  const family = leadingId(body)?.family.split(/[-_]/)[0] ?? "";
  return REQUIREMENT_FAMILIES.has(family) || family === "SC";
}

function fromRow(cells: readonly Folded[]): Entity | [] {
  const [first, ...rest] = cells;
  if (!first || first.text === "" || rest.length === 0) return [];
  const name = tidy(first.text.replace(/[*`]/g, ""));
  const text = rest.map((cell) => tidy(cell.text)).filter((cell) => cell !== "");
  const fields = text.map(fieldsOf).find((found) => found.length > 0) ?? [];
  const at = placeAt(sliceFolded(first, first.text.search(/[^*`]/)), 0);
  return { ...at, name, text: text.join(" — "), fields };
}
