import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { role } from "./role.ts";

/**
 * Discovery (S0 §7.2, S1 §9.2): run before planning when the specification is too unclear to plan from. Its questions are
 * for a person; approving them goes on to planning with them as a document, answered or not.
 */
export const DISCOVERY: StageSpec = {
  name: "discovery",
  title: "Discovery",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 1, ratio: 0.5, required: [] },
  sequentialSecondTry: true,
  simplified: "analysis",
  reworkRounds: 1,
  checks: "report",
  reads: [],
  requires: [],
  roles: [
    role({
      name: "questions",
      title: "Clarification Analyst",
      contract: "clarification_questions",
      prompt: `List what has to be asked before "{feature}" can be planned: each question with whom to ask, what can't be decided
without the answer, and the answers that the text leaves possible. Most important first.`,
    }),
    role({
      name: "assumptions",
      title: "Assumption Analyst",
      contract: "planning_assumptions",
      prompt: `List what one would have to assume to plan "{feature}" now: each assumption with its source in the text and what happens
if it is wrong, and one concrete example for each statement that two people could read differently.`,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: `Join the notes on "{feature}": the same question once, contradictions between assumptions as conflicts, gaps, a quality
score for the specification, and the guidance that the synthesizer needs.`,
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: `Write discovery.md for "{feature}" with the sections Questions, Assumptions and Examples: what a person answers before
planning, most important first, each question with the place in the specification.`,
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: `Check discovery.md of "{feature}": is each question answerable, is nothing asked that the specification answers. Ask for
rework with exact reasons, or sign off.`,
  }),
  artifacts: [
    { name: "discovery.md", required: true, sections: ["Questions", "Assumptions", "Examples"] },
  ],
  gate: {
    prompt:
      "Discovery complete. Answer the questions in the specification, or approve to plan with them open?",
  },
  closing: {
    message: "Discovery completed",
    nextSteps: ["Put the answers into the specification (/speckit.clarify asks and records)"],
  },
};
