import { hitsOf, quoteOf, citeOf } from "../../analysis/evidence.ts";
import type { PlacedDemand } from "../../analysis/surroundings.ts";
import { integrationsOf } from "../../architecture/integrations.ts";
import { sharedTerms } from "../../review/terms.ts";
import { cutAtClause } from "../../text/clause.ts";
import type { Basis } from "../basis.ts";
import { ADAPTER_KINDS, ANY_KIND, type AdapterKind } from "./adapter-kinds-lexicon.ts";

/** Something outside the feature that it speaks to, reads or writes. */
export interface OutsideSystem {
  readonly name: string;
  readonly kind: AdapterKind;
  readonly purpose: string;
  /** Ids of the demands that name it or, by their deed, use it. */
  readonly requirements: readonly string[];
}

/** File formats and devices that a statement has the feature write, read or use. */
const FORMATS: readonly { readonly name: string; readonly words: RegExp }[] = [
  { name: "CSV file", words: /\bcsv\b/iu },
  { name: "Excel file", words: /\b(?:excel|xlsx)\b/iu },
  { name: "PDF file", words: /\bpdf\b/iu },
  { name: "Camera or scanner", words: /\b(?:scan(?:s|ning)?|camera|barcode|qr code)\b/iu },
  {
    name: "Printer",
    words: /\bprint(?:s|ed|er|ing)?\b(?=[^.]{0,30}\b(?:labels?|receipts?|paper|page)\b)/iu,
  },
];

const kindOf = (name: string): AdapterKind =>
  ADAPTER_KINDS.find(({ names }) => names.test(name)) ?? ANY_KIND;

function formatsOf({ statements }: Basis): readonly Omit<OutsideSystem, "kind">[] {
  const demands = statements.filter(({ kind }) => kind === "requirement");
  return FORMATS.flatMap(({ name, words }) => {
    const hits = hitsOf(demands, words);
    const [first] = hits;
    if (!first) return [];
    const { statement } = first;
    return [
      {
        name,
        purpose: `${citeOf(statement)}: “${quoteOf(statement.text, 150)}”`,
        requirements: hits.map((hit) => hit.statement.id),
      },
    ];
  });
}

/** What the plan lists and the spec does not name; a sentence on people or documents is no system. */
function plannedOnly(
  { plan }: Basis,
  known: readonly string[],
): readonly Omit<OutsideSystem, "kind">[] {
  return plan.outside
    .filter(({ name }) => name.split(" ").length <= 5)
    .filter(({ name }) => !known.some((other) => sharedTerms(name, other).length > 0))
    .map(({ name, text }) => ({
      name,
      purpose: `plan.md: “${quoteOf(text, 150)}”`,
      requirements: [],
    }));
}

/** All that the feature meets outside, by spec and plan; empty when neither names anything. */
export function outsideOf(basis: Basis): readonly OutsideSystem[] {
  const { around, statements, spec } = basis;
  const demands = new Set(around.demands.map(({ id }) => id));
  const points = integrationsOf(statements, spec).map(({ name, purpose, requirements }) => ({
    name: cutAtClause(name, 50),
    purpose,
    requirements: requirements.filter((id) => demands.has(id)),
  }));
  const found = [
    ...points,
    ...formatsOf(basis).filter(({ name }) => !points.some((one) => one.name === name)),
  ];
  const all = [
    ...found,
    ...plannedOnly(
      basis,
      found.map(({ name }) => name),
    ),
  ];
  return [...new Map(all.map((one) => [one.name, one])).values()].map((one) => {
    const kind = kindOf(one.name);
    const used = one.requirements.length === 0 ? [] : usersOf(kind, around.demands);
    return { ...one, kind, requirements: [...new Set([...one.requirements, ...used])].toSorted() };
  });
}

/** Demands that do what systems of the kind are for: a refund goes where the charge went. */
const usersOf = ({ uses }: AdapterKind, demands: readonly PlacedDemand[]): readonly string[] =>
  uses === undefined
    ? []
    : demands
        .filter(
          ({ actions, outright }) =>
            actions.some(
              ({ verb, phrase, negated, actor, kind }) =>
                !negated &&
                actor === undefined &&
                kind !== "check" &&
                (uses.test(verb) || uses.test(phrase)),
            ) && uses.test(outright),
        )
        .map(({ id }) => id);
