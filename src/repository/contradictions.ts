import { wordLine } from "../core/text.ts";
import type { Spec } from "../spec/model.ts";
import { numbersOf, type Quantity } from "../spec/numbers.ts";
import { readLines, type SourceLine } from "../core/markdown/source-lines.ts";
import { stemsOf, termsOf } from "../spec/terms.ts";
import { distinct, idsIn, plainId } from "./ids-in.ts";
import type { Contradiction } from "./model.ts";

/** Documents that are made from the spec and must agree with it. */
const DERIVED = ["plan.md", "planning-summary.md", "implementation_plan.md", "tasks.md"];

const FAMILY = /^(?:FR|NFR|SC|US)(?:-|\d)/;
/** A line that speaks of another feature's spec, or quotes an id as an example. */
const ELSEWHERE =
  /\bspecs?[/ ]\d{3}\b|\b\d{3}-[a-z]+-[a-z]+|\be\.g\.|\bfor example\b|\banother (?:spec|feature)\b/i;

/**
 * Where documents that were made from the spec disagree with it: ids that it does not define, ids spelled otherwise, numbers
 * that differ for the same requirement, entities that nothing speaks of. In doubt it is silent.
 */
export function contradictions(
  spec: Spec,
  documents: Readonly<Record<string, string>>,
): readonly Contradiction[] {
  const derived = DERIVED.flatMap((name) => {
    const text = documents[name];
    return text === undefined ? [] : [{ name, lines: readLines(text).filter(isProse) }];
  });
  return [
    ...derived.flatMap(({ name, lines }) => unknownIds(spec, name, lines)),
    ...derived.flatMap(({ name, lines }) => differingNumbers(spec, name, lines)),
    ...missingEntities(spec, documents),
  ];
}

const isProse = ({ kind }: SourceLine): boolean => kind === "text";

const definedIn = (spec: Spec): ReadonlySet<string> =>
  new Set([
    ...[...spec.requirements, ...spec.criteria, ...spec.stories].map(({ id }) => plainId(id)),
    // ids that the spec itself speaks of, those of a neighbour for example, are not the plan's mistake
    ...idsIn(JSON.stringify(spec)).map(({ id }) => id),
  ]);

const familyOf = (id: string): string => id.replace(/-?\d.*$/, "");

/** `FR-1` and `FR-001` are one number of one family. */
const sameNumber = (id: string): string => id.replace(/-?0*(\d+[a-z]?)$/, "-$1");

function unknownIds(
  spec: Spec,
  document: string,
  lines: readonly SourceLine[],
): readonly Contradiction[] {
  const known = definedIn(spec);
  if (known.size === 0) return [];
  const families = new Set([...known].map(familyOf));
  const defined = new Set([...spec.requirements, ...spec.criteria].map(({ id }) => familyOf(id)));
  const spelled = new Map([...known].map((id) => [sameNumber(id), id]));
  const own = new Set(lines.flatMap(({ text }) => definedOn(text)));
  const seen = new Set<string>();
  return lines.flatMap((line): readonly Contradiction[] =>
    ELSEWHERE.test(line.text)
      ? []
      : distinct(idsIn(line.text).map(({ id }) => id)).flatMap((id): readonly Contradiction[] => {
          const family = familyOf(id);
          if (known.has(id) || own.has(id) || seen.has(id) || !families.has(family)) return [];
          if (!FAMILY.test(id) && !defined.has(family)) return [];
          seen.add(id);
          const meant = spelled.get(sameNumber(id));
          const common = { document, line: line.number, quote: quoteOf(line.text) };
          return meant === undefined
            ? [
                {
                  ...common,
                  kind: "unknown-id",
                  ids: [id],
                  message: `${document} names ${id}, which the specification does not define`,
                },
              ]
            : [
                {
                  ...common,
                  kind: "spelling",
                  ids: [meant],
                  message: `${document} writes ${id} for ${meant} of the specification`,
                },
              ];
        }),
  );
}

const quoteOf = (text: string): string => wordLine(text, 200);

/** Ids that a document defines itself: at the start of an item or in the first cell of a row, with text after. */
const definedOn = (text: string): readonly string[] => {
  const id = /^\s{0,8}(?:[-*+]\s+|\|\s*)(?:\*\*|`)?(NFR-\d{1,4}[a-z]?)\b/.exec(text)?.[1];
  return id === undefined ? [] : [id];
};

/** Efforts and durations of work say nothing about the product. */
const EFFORT =
  /\(?\d[\d.]*\s?\/\s?\d[\d.]*\s?\/\s?\d[\d.]*\s*(?:person-)?days?\)?|\bperson-days?\b|\beffort\b|\bestimate\w*\b/i;

function differingNumbers(
  spec: Spec,
  document: string,
  lines: readonly SourceLine[],
): readonly Contradiction[] {
  const items = new Map(
    [...spec.requirements, ...spec.criteria].map((item) => [plainId(item.id), item]),
  );
  return lines.flatMap((line): readonly Contradiction[] => {
    const ids = distinct(idsIn(line.text).map(({ id }) => id)).filter((id) => items.has(id));
    const [id] = ids;
    const item = id === undefined ? undefined : items.get(id);
    if (id === undefined || !item || ids.length > 1 || EFFORT.test(line.text)) return [];
    const theirs = numbersOf(line.text.slice(0, 2_000));
    const ours = numbersOf(item.text.slice(0, 2_000));
    const differing = theirs.find((one) => differs(one, ours, theirs));
    const stated = differing && ours.find(({ unit }) => unit === differing.unit);
    if (!differing || !stated || !speakOfTheSame(line.text, item.text)) return [];
    const message = `${document} says ${wordLine(differing.text, 40)} for ${id}, the specification says ${wordLine(stated.text, 40)} (line ${item.line})`;
    return [
      {
        kind: "number",
        document,
        line: line.number,
        ids: [id],
        message,
        quote: quoteOf(line.text),
      },
    ];
  });
}

/** The only number of its unit on both sides, bounded alike, with another value. */
function differs(one: Quantity, ours: readonly Quantity[], theirs: readonly Quantity[]): boolean {
  const mine = ours.filter(({ unit }) => unit === one.unit);
  const others = theirs.filter(({ unit }) => unit === one.unit);
  const [stated] = mine;
  if (!stated || mine.length > 1 || others.length > 1) return false;
  return stated.bound === one.bound && stated.value !== one.value;
}

function speakOfTheSame(a: string, b: string): boolean {
  const [one, other] = [stemsOf(a), stemsOf(b)];
  const shared = [...one].filter((stem) => other.has(stem)).length;
  return shared >= 3 && shared >= Math.min(one.size, other.size) * 0.6;
}

/** Entities of the spec that neither plan nor tasks speak of, where there is a plan that speaks of any. */
function missingEntities(
  spec: Spec,
  documents: Readonly<Record<string, string>>,
): readonly Contradiction[] {
  const names = [...DERIVED, "data-model.md"];
  const text = names.map((name) => documents[name] ?? "").join("\n");
  if (documents["plan.md"] === undefined || spec.entities.length < 2) return [];
  const said = new Set(termsOf(text));
  const missing = spec.entities.filter(({ name }) => {
    const terms = termsOf(name.replace(/\([^)]{0,200}\)/g, " "));
    return terms.length > 0 && terms.filter((term) => said.has(term)).length < terms.length / 2;
  });
  if (missing.length === spec.entities.length) return [];
  return missing.map((entity) => ({
    quote: quoteOf(entity.text),
    kind: "entity-missing" as const,
    document: "spec.md",
    line: entity.line,
    ids: [],
    message: `The entity “${wordLine(entity.name, 60)}” of the specification is mentioned in neither plan nor tasks`,
  }));
}
