import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { role } from "./role.ts";

/**
 * The planning stage (S0 whole; S1 stage A). The four specialists work from the specification alone, at once; their
 * original contracts chain them, so disagreement is expected and the reviewer reconciles it (PL-02). Limits per role: S0 §5.1.
 */
export const PLANNING: StageSpec = {
  name: "planning",
  title: "Planning",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  synthesisIterations: 1,
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 3, ratio: 0.75, required: ["requirements"] },
  sequentialSecondTry: true,
  simplified: "analysis",
  reworkRounds: 2,
  checks: "plan",
  reads: ["discovery.md"],
  requires: [],
  roles: [
    role({
      name: "requirements",
      title: "Requirements Analyst",
      contract: "requirements_dossier",
      prompt: `Analyse the specification of "{feature}". Extract objectives, functional and non-functional requirements with
their ids, constraints, success metrics, acceptance criteria (Given/When/Then, with the story they come from), the
map of dependencies between requirements, and open questions. Give each requirement a priority P0 to P3. Use the ids
of the specification as they are; where something has no way to be verified, say so.`,
      concurrency: 3,
    }),
    role({
      name: "architecture",
      title: "Solution Architect",
      contract: "architecture_design",
      prompt: `Design the solution for "{feature}" from the specification: components named after its domain, the interfaces
between them, the data flow, the patterns that specific requirements call for, integration points with named third
parties, and real alternatives with what speaks for and against each. Tie every component and interface to the ids of
the requirements that it carries. Where the specification does not decide, leave the alternative open.`,
      concurrency: 2,
    }),
    role({
      name: "risk",
      title: "Risk/Compliance Analyst",
      contract: "risk_assessment",
      prompt: `Assess the risks of "{feature}": what in the specification can hurt people, data, money, schedule or quality.
For each risk give likelihood, impact, score (likelihood × impact, 1 to 9), a mitigation that fits the trigger, the
role that owns it, the early sign to watch for, and the ids that raise it. List edge cases with how the specification
handles them, non-functional concerns, and the compliance items to check with the reason they may apply.`,
      concurrency: 3,
    }),
    role({
      name: "estimation",
      title: "Estimation/Scope Analyst",
      contract: "project_estimation",
      prompt: `Estimate "{feature}": phases with deliverables, tasks tied to requirement ids with dependencies, three-point
effort in person-days (optimistic, likely, pessimistic) by a published method that you name, sequencing, critical
path, roles needed, assumptions, and your confidence. Phase sums must equal their tasks', and the total the phases'.`,
      concurrency: 2,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: `Review the analyses of "{feature}" against the specification and each other. Name every conflict with the
statements that disagree and their sources, those about decisions of the architecture first, and give it a fate: reconciled (with the resolution), escalated (a person
must decide) or noted. Name gaps and open questions, say which would block. Give a quality score 0 to 100 and the
guidance that the synthesizer needs. A missing or partial analysis is a gap, not a reason to invent it.`,
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: `Write plan.md and planning-summary.md for "{feature}" from the analyses and the review. plan.md has the sections
Technical approach, Implementation phases, Risk assessment, Success metrics, Dependencies and Assumptions; phases are
"## Phase N: Title" headings with tasks "- [ ] N.M Do X (FR-001) (depends: N.M)" and a "**VERIFY Phase N:**" list.
planning-summary.md has Feature overview, Technical approach, Dependencies identified, Risks and mitigation and
Recommended next steps, and tells problem, approach, phases and risks in one or two pages. Every requirement and
success criterion id of the specification is addressed in plan.md or named as not covered with the reason. If there
is rework, do exactly that; what you could not do goes into not_done, with the reason. Where the inputs have none, you may
add research.md (what was looked into and decided, with the reason) and data-model.md (each entity with its fields and
rules), if the analyses hold it.`,
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: `Check the artifacts of "{feature}" against the specification and the results of the deterministic checks: complete,
in the required form, technically sound. Answer open questions that the inputs answer. Ask for rework with exact
reasons, or sign off. Final touches replace an artifact whole; make them only for small errors.`,
  }),
  artifacts: [
    {
      name: "plan.md",
      required: true,
      sections: [
        "Technical approach",
        "Implementation phases",
        "Risk assessment",
        "Success metrics",
        "Dependencies",
        "Assumptions",
      ],
    },
    {
      name: "planning-summary.md",
      required: true,
      sections: [
        "Feature overview",
        "Technical approach",
        "Dependencies identified",
        "Risks and mitigation",
        "Recommended next steps",
      ],
    },
    { name: "research.md", required: false, sections: [] },
    { name: "data-model.md", required: false, sections: [] },
  ],
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  gate: { prompt: "Planning artifacts synthesized. Approve to proceed?" },
  closing: {
    message: "Planning phase completed successfully",
    nextSteps: [
      "Review planning documentation with those who will build it",
      "Approve technical approach where your team asks for more than this gate",
      "Use implementation workflow for execution: `wavegate prepare` on the same specification",
    ],
  },
};
