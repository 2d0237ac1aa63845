import type { BudgetFigures } from "../core/budget-figures.ts";
import { scopeWords } from "../stage/budget/cap.ts";
import { figuresOf, type BudgetStanding } from "../stage/budget/standing.ts";
import { plural } from "./figure-lines.ts";

/** US dollars for people; small amounts to a hundredth of a cent. */
export const moneyText = (usd: number): string =>
  `$${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;

const tokenText = (tokens: number): string =>
  String(Math.ceil(tokens)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

interface Part {
  readonly spent: number;
  readonly reserved: number;
  readonly cap: number | null;
  readonly unknown: number;
}

/** What nobody said is no 0. */
function partText(
  { spent, reserved, cap, unknown }: Part,
  show: (value: number) => string,
): string {
  const used = spent === 0 && unknown > 0 ? "unknown" : show(spent);
  const most = cap === null ? "" : ` of ${show(cap)}`;
  return `${used}${most}${reserved > 0 ? `, ${show(reserved)} reserved` : ""}`;
}

/** Money and tokens on one line: what is spent, may be spent and is reserved, and how many calls did not say. */
export function budgetText({ spent, reserved, cap, unknown }: BudgetFigures): string {
  const part = (unit: "usd" | "tokens") => ({
    spent: spent[unit],
    reserved: reserved[unit],
    cap: cap[unit],
    unknown: unknown[unit],
  });
  const silent = Math.max(unknown.usd, unknown.tokens);
  const silence = `${plural(silent, "call")} did not say`;
  if (isUnknown(part("usd")) && isUnknown(part("tokens"))) return `unknown: ${silence}`;
  return [
    partText(part("usd"), moneyText),
    `${partText(part("tokens"), tokenText)} tokens`,
    ...(silent > 0 ? [silence] : []),
  ].join("; ");
}

/** The same where nothing beside it says that this is what it costs. */
export function costText(figures: BudgetFigures): string {
  const text = budgetText(figures);
  return text.startsWith("unknown:") ? `cost ${text}` : text;
}

/** Nothing is known, limited or kept back. */
const isUnknown = ({ spent, reserved, cap, unknown }: Part): boolean =>
  spent === 0 && unknown > 0 && reserved === 0 && cap === null;

/** How the run stands, then each stage and role with a limit of its own, as name and text. */
export const standingFacts = (
  standing: BudgetStanding,
): readonly (readonly [name: string, text: string])[] =>
  standing.map((scope, index): readonly [string, string] => {
    const figures = budgetText(figuresOf(scope));
    const died =
      scope.interrupted > 0
        ? `; ${plural(scope.interrupted, "call")} begun again, what ${scope.interrupted === 1 ? "it" : "they"} had used is not known`
        : "";
    return index === 0 ? ["cost", `${figures}${died}`] : ["", `${scopeWords(scope)}: ${figures}`];
  });
