import { obligationsIn } from "../obligations.ts";
import { finding, placeIn, type Check } from "./passage.ts";
import { sentencesOf, withoutQuotes } from "./sentences.ts";

/** Most obligations a requirement may have before it is said to be several. Two are often one thought and its limit. */
const MOST = 2;

/** One requirement, one obligation (INCOSE R18): several in one can't be accepted, traced or dropped one by one. */
export const checkCompound: Check = ({ spec, requirements }) =>
  requirements.flatMap((passage) => {
    const text = withoutQuotes(passage.body.text).replace(/\([^()]*\)/g, (part) =>
      " ".repeat(part.length),
    );
    const obligations = sentencesOf(text).flatMap(({ text: sentence, offset }) =>
      obligationsIn(sentence).map((one) => one.offset + offset),
    );
    const next = obligations[MOST - 1];
    if (obligations.length <= MOST || next === undefined) return [];
    return [
      finding(spec, ["SPEC_COMPOUND_REQUIREMENT", "info"], placeIn(passage, next), [
        `${passage.id} states ${obligations.length} obligations in one requirement.`,
        "Split it, so that each can be planned, tested and accepted on its own.",
      ]),
    ];
  });
