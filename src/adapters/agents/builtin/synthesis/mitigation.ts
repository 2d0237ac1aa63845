import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { bare, clause } from "./markdown.ts";
import { tidy } from "./plain-words.ts";
import { RISK_DEEDS } from "./risk-deeds-lexicon.ts";

type Risk = RiskAssessment["risks"][number];

/** A mitigation by what of it the specification asks for and what it leaves out. */
export interface Mitigation {
  /** The whole, where it is not told in these parts. */
  readonly whole: string | undefined;
  readonly asked: string | undefined;
  readonly missing: string | undefined;
}

const ASKED = /^Test what the spec already asks for: (.+?)\.(?=\s+Missing in the spec: |\s*$)/s;
const MISSING = /(?:^|\s)Missing in the spec: (.+?)\.?\s*$/s;

/** The parts as the built-in risk analyst writes them; every other text is whole. */
export function mitigationOf({ mitigation }: Pick<Risk, "mitigation">): Mitigation {
  const text = tidy(mitigation);
  const [asked, missing] = [ASKED.exec(text)?.[1], MISSING.exec(text)?.[1]];
  return { whole: (asked ?? missing) ? undefined : text, asked, missing };
}

/** The deed that a risk calls for, as a task's title: `Book every amount exactly once`. */
export function deedAgainst(risk: Risk): string {
  const { whole, asked, missing } = mitigationOf(risk);
  if (whole !== undefined) return bare(clause(firstSentence(whole), 110));
  return RISK_DEEDS.get(risk.category) ?? clause(asked ? `Prove ${asked}` : (missing ?? ""), 110);
}

/** What stands below that title: what to test, and what only the author can add. */
export function mitigationDetails(risk: Risk): readonly string[] {
  const { whole, asked, missing } = mitigationOf(risk);
  if (whole !== undefined) return bare(whole) === deedAgainst(risk) ? [] : [whole];
  return [
    ...(asked === undefined ? [] : [`Test: ${asked}.`]),
    ...(missing === undefined
      ? []
      : [`Not in the specification; agree with its author, then do: ${missing}.`]),
  ];
}

const firstSentence = (text: string): string => /^.{15,}?[.;](?=\s|$)/s.exec(text)?.[0] ?? text;
