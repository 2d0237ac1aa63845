import type { Spec } from "../../../../spec/model.ts";
import { plain } from "../text/terms.ts";

/** What an assumption takes out of the feature: `OAuth providers are explicitly out of scope`. */
const TAKEN_OUT =
  /(?:^|[;.]\s+)((?:[^;.()]|\([^()]{0,200}\)){4,200}?)\s+(?:(?:est|sont|is|are|remains?|reste(?:nt)?|bleib(?:t|en))\s+)?(?:explicit\w*\s+)?(?:hors (?:du )?(?:scope|périmètre)|out of scope|not in scope|nicht im Umfang)\b/iu;

/** What the spec leaves out: its own section, and what its assumptions take out in so many words. */
export const leftOut = (spec: Spec): readonly string[] => [
  ...spec.outOfScope.map(({ text }) => text.split(/[(:—.]/)[0] ?? text),
  ...spec.assumptions.flatMap(({ text }) => {
    const what = TAKEN_OUT.exec(plain(text).slice(0, 2_000))?.[1]?.trim();
    return what === undefined ? [] : [what];
  }),
];
