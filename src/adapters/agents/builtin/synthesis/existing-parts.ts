import type { Spec } from "../../../../spec/model.ts";
import { plain, wordsOf } from "../text/terms.ts";

/** Something that is there already and that the spec builds on: its name as written, where, and the sentence that says so. */
export interface ExistingPart {
  readonly name: string;
  readonly where: string;
  readonly text: string;
}

/** `the existing goal-impact confirmation flow`, `existing constraints`. */
const EXISTING =
  /(?<!\b(?:an?|any|each|every|no) )\bexisting ((?:[\p{L}-]+ ){0,3}?(?:flows?|constraints?|capabilit(?:y|ies)|behaviou?rs?|apis?|endpoints?|services?|modules?|components?|tables?|accounts?|polic(?:y|ies)|permissions?|mechanisms?|infrastructure|pipelines?))\b/iu;
/** `Children already have accounts with balances`. */
const ALREADY =
  /\balready (?:have|has|provides?|offers?|supports?|stores?) (?!both\b|an?\b|been\b|it\b|them\b)([^.;,(—–]{4,60})/iu;

/** What requirements and assumptions say is there already, each thing once; requirements first. */
export function existingParts(spec: Spec): readonly ExistingPart[] {
  const said = [
    ...spec.requirements.map(({ id, text }) => ({ where: id, text })),
    ...spec.assumptions.map(({ line, text }) => ({ where: `assumption, line ${line}`, text })),
  ];
  const found = new Map<string, ExistingPart>();
  for (const { where, text } of said) {
    const line = plain(text).slice(0, 2_000);
    const name = EXISTING.exec(line)?.[1] ?? ALREADY.exec(line)?.[1]?.trim();
    const key = wordsOf(name ?? "").join(" ");
    if (name !== undefined && !found.has(key)) found.set(key, { name, where, text: line });
  }
  return [...found.values()];
}
