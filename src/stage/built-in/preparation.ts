import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { role } from "./role.ts";

/**
 * Implementation preparation (S2; S1 stage B): four specialists turn an approved plan into one that can be built from.
 * Limits per role and the required role are S2 §2 and §5's; the gate is S1's, S2 has none (PR-01).
 */
export const PREPARATION: StageSpec = {
  name: "preparation",
  title: "Implementation preparation",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  synthesisIterations: 1,
  implementation: "whole",
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 3, ratio: 0.75, required: ["core"] },
  sequentialSecondTry: true,
  simplified: "plan",
  reworkRounds: 2,
  checks: "implementation-plan",
  reads: ["plan.md", "planning-summary.md", "tasks.md", "repository.json"],
  requires: [
    {
      name: "plan.md",
      approvedBy: "planning",
      or: [],
      hint: "Run `wavegate plan` on the specification and approve its gate.",
    },
    {
      name: "planning-summary.md",
      approvedBy: "planning",
      or: [],
      hint: "Run `wavegate plan` on the specification and approve its gate.",
    },
    {
      name: "tasks.md",
      approvedBy: null,
      or: ["checklist.md", "checklists/requirements.md", "plan.md"],
      holds: "tasks",
      hint: "Write the tasks into plan.md (`- [ ] 1.1 …`) and approve it, or add a tasks.md or checklist.md.",
    },
  ],
  roles: [
    role({
      name: "core",
      title: "Core Implementer",
      contract: "core_implementation",
      concurrency: 2,
      prompt: `Design the implementation of "{feature}" from the approved plan and the specification: modules that realise the plan's
components, data structures with the fields, rules and invariants that the specification states, the interfaces between
modules with their operations, inputs, outputs and errors, and the algorithms that particular requirements call for. Propose
the work in order, each piece tied to requirement ids and to what must come first. Name nothing that neither plan nor
specification supports.`,
    }),
    role({
      name: "integrations",
      title: "Integrations/Adapters Engineer",
      contract: "integration_design",
      concurrency: 3,
      prompt: `Plan the integrations of "{feature}": each outside system, service or file format that plan and specification name, what
goes over the line in both directions, the adapter's pattern with its reason, each way it can fail with the response, and the
configuration that the whole needs, saying which values are secret. Propose the work. Say so if there is nothing outside.`,
    }),
    role({
      name: "tests",
      title: "Test Engineer",
      contract: "test_strategy",
      concurrency: 3,
      prompt: `Make the test strategy for "{feature}": the levels that this feature needs, from fast to slow, with the reason; a case
for each acceptance scenario, success criterion and answered edge case of the specification, tied to ids; the fixtures that
cases share; and the requirements that nothing lets one test, with the reason. Propose the work.`,
    }),
    role({
      name: "docs",
      title: "Docs Engineer",
      contract: "documentation_plan",
      concurrency: 3,
      prompt: `Plan the documentation of "{feature}": for each audience that the specification names, which documents with which
sections and which worked examples, tied to requirement ids, and what people who use the present solution must be told when
they move. Propose the work. No document without a reader.`,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Integration Reviewer",
    contract: "review_summary",
    prompt: `Review the four preparations of "{feature}" against each other, the approved plan and the specification: do interfaces,
integrations, tests and documents speak of the same things by the same names; is each requirement carried by a module and a
test; can it be built in the order given. Name every conflict with its statements, sources and fate, gaps, open questions, a
quality score 0 to 100, the guidance the synthesizer needs, and an approval status: pass, conditional or fail.`,
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: `Write implementation_plan.md for "{feature}" from the preparations and the review, with the sections Executive summary,
Implementation strategy, Module architecture, Integration design, Test plan, Documentation plan, Task breakdown,
Dependencies, Risk mitigation and Quality gates. The task breakdown is "## Phase N: Title" headings with tasks
"- [ ] N.M Do X (FR-001) (depends: N.M)" and a "**VERIFY Phase N:**" list, foundation first, then core logic, then quality
and polish. Every requirement and success criterion id is carried by a task and a test, or named as not covered with the
reason. If there is rework, do exactly that; what you could not do goes into not_done, with the reason.`,
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: `Check implementation_plan.md of "{feature}" against plan.md, the specification and the results of the deterministic
checks: can a team build from it in the order given, is every task clear, is every requirement tested. Answer ambiguities
that the inputs answer. Ask for rework with exact reasons, or sign off.`,
  }),
  artifacts: [
    {
      name: "implementation_plan.md",
      required: true,
      sections: [
        "Executive summary",
        "Implementation strategy",
        "Module architecture",
        "Integration design",
        "Test plan",
        "Documentation plan",
        "Task breakdown",
        "Dependencies",
        "Risk mitigation",
        "Quality gates",
      ],
    },
  ],
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  gate: { prompt: "Implementation plan ready. Approve to proceed?" },
  closing: {
    message: "Implementation preparation completed successfully",
    nextSteps: [
      "Hand the task breakdown of implementation_plan.md to your team or agents",
      "Review the result with `wavegate review` when it is built",
    ],
  },
};
