import { quoteOf } from "../../analysis/evidence.ts";
import { plain } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";

/** Words by which a spec says that something is there already and gives way. */
const REPLACED =
  /\b(?:on paper|by hand|spreadsheets?|replac(?:e|es|ed|ing)\b|instead of (?:the )?(?:current|existing|old)|migrat(?:e|es|ed|ing|ion)|legacy|deprecat\w+|no longer\b|upgrade(?:d|s)? (?:from|to)|existing (?:users?|data|records?|accounts?|events?|projects?|files?|installations?)|currently\b|today\b(?=[^.]{0,60}\b(?:use|keep|do|paper|list)))/iu;

const sentencesOf = (text: string): readonly string[] =>
  plain(text)
    .slice(0, 6_000)
    .split(/(?<=[.!?])\s+/);

/** Sentences that say what is replaced, with where they stand; empty where the spec speaks of nothing that exists. */
export function replacedBy({
  spec,
  statements,
}: Basis): readonly { readonly said: string; readonly source: string }[] {
  const told = [
    ...sentencesOf(spec.input ?? "").map((text) => ({ text, source: "the request" })),
    ...spec.stories.flatMap(({ id, why, narrative }) =>
      sentencesOf(`${narrative} ${why ?? ""}`).map((text) => ({ text, source: id })),
    ),
    ...statements
      .filter(
        ({ kind }) => kind === "requirement" || kind === "assumption" || kind === "constraint",
      )
      .map(({ text, id, line }) => ({ text, source: `${id}, line ${line}` })),
  ].filter(({ text }) => REPLACED.test(text));
  return [
    ...new Map(
      told.map(({ text, source }) => [text, { said: quoteOf(text, 180), source }]),
    ).values(),
  ].slice(0, 5);
}
