import { z } from "zod";
import { finding } from "./quality.ts";
import { list, text } from "./shared.ts";

/** What a specialist of a stage of one's own can answer with, whatever it looks at. */
export const analysisReport = z.looseObject({
  analysis_report: z.looseObject({
    /** What was found, in a few sentences. */
    summary: text,
    findings: list(finding),
    /** What to do, most important first. */
    recommendations: list(text),
    open_questions: list(text),
    /** What was not looked at or could not be known, with the reason. */
    unknowns: list(text),
  }),
});
