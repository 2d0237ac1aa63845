import { z } from "zod";
import { estimate, list, ownConfidence, text } from "./shared.ts";

/** What the specialists of implementation preparation answer with (S2 §3; S1 §4). */

/** A piece of work that a specialist proposes; the synthesizer joins and numbers them. */
const work = z.looseObject({
  /** Unique in the answer. */
  id: text,
  title: text,
  /** Name of the module, integration, test level or document that it builds. */
  builds: text,
  requirements: list(text),
  /** Ids of other proposed work, of any specialist, that must come first. */
  depends_on: list(text),
  /** Which of S2 §9's three phases it belongs to; the synthesizer judges by the title where nobody says. */
  phase: z.enum(["foundation", "core", "quality"]).optional(),
  effort_days: estimate.optional(),
});

export const coreImplementation = z.looseObject({
  core_implementation: z.looseObject({
    modules: z
      .array(
        z.looseObject({
          name: text,
          responsibility: text,
          /** Component of plan.md that it realises, or null when the plan names none. */
          component: z.string().nullable().default(null),
          requirements: list(text),
          entities: list(text),
          depends_on: list(text),
        }),
      )
      .min(1),
    data_structures: list(
      z.looseObject({
        name: text,
        module: text,
        fields: list(z.looseObject({ name: text, rule: z.string().nullable().default(null) })),
        invariants: list(text),
        /** Where the specification describes it. */
        source: text,
      }),
    ),
    interfaces: list(
      z.looseObject({
        name: text,
        module: text,
        operations: list(
          z.looseObject({
            name: text,
            purpose: text,
            inputs: list(text),
            output: z.string().nullable().default(null),
            errors: list(text),
            requirements: list(text),
          }),
        ),
      }),
    ),
    algorithms: list(
      z.looseObject({ name: text, module: text, rule: text, requirements: list(text) }),
    ),
    tasks: list(work),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const integrationDesign = z.looseObject({
  integration_design: z.looseObject({
    integrations: list(
      z.looseObject({
        name: text,
        purpose: text,
        requirements: list(text),
        /** What goes over the line, each way. */
        contract: z.looseObject({ operations: list(text), events: list(text) }),
        adapter: z.looseObject({ pattern: text, reason: text }),
        errors: list(z.looseObject({ failure: text, response: text })),
      }),
    ),
    configuration: list(
      z.looseObject({ name: text, meaning: text, secret: z.boolean(), source: text }),
    ),
    tasks: list(work),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const testStrategy = z.looseObject({
  test_strategy: z.looseObject({
    /** From the fastest to the slowest. */
    levels: z
      .array(z.looseObject({ name: text, purpose: text, covers: list(text), reason: text }))
      .min(1),
    cases: list(
      z.looseObject({
        id: text,
        level: text,
        title: text,
        given: z.string().nullable().default(null),
        when: z.string().nullable().default(null),
        then: text,
        requirements: list(text),
        fixtures: list(text),
        /** Where the specification states it: `US1/AC2`, `SC-003`, `edge case, line 72`. */
        source: text,
      }),
    ),
    fixtures: list(z.looseObject({ name: text, contents: text, source: text })),
    /** Requirements that nothing in the specification lets one test. */
    not_testable: list(z.looseObject({ requirement: text, reason: text })),
    tasks: list(work),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const documentationPlan = z.looseObject({
  documentation_plan: z.looseObject({
    documents: z
      .array(
        z.looseObject({
          name: text,
          audience: text,
          purpose: text,
          sections: list(text),
          /** Examples it must hold, by what they show. */
          examples: list(text),
          requirements: list(text),
        }),
      )
      .min(1),
    migration: list(text),
    tasks: list(work),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export type ProposedWork = z.infer<typeof work>;
export type CoreImplementation = z.infer<typeof coreImplementation>["core_implementation"];
export type IntegrationDesign = z.infer<typeof integrationDesign>["integration_design"];
export type TestStrategy = z.infer<typeof testStrategy>["test_strategy"];
export type DocumentationPlan = z.infer<typeof documentationPlan>["documentation_plan"];
