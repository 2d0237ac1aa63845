import { metByConstruction, NOT_APPLIED, type Request } from "../synthesis/requests.ts";

/** What became of each change that was asked of the report: notes and acceptances are recorded, of others rules know nothing. */
export const requestsOf = (rework: readonly string[]): readonly Request[] =>
  rework
    .filter((text) => !metByConstruction(text))
    .map((text) => ({
      text,
      result: /^\s*(?:note|accept\s)/i.test(text) ? "recorded" : NOT_APPLIED,
    }));
