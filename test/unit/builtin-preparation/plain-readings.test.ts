/** What the engineers read from small specifications of our own. */
import { expect, test } from "vitest";
import { basisOf } from "../../../src/adapters/agents/builtin/preparation/basis.ts";
import { designCore } from "../../../src/adapters/agents/builtin/preparation/core/design-core.ts";
import { planned } from "./chain.ts";

const MACHINES = `# Feature Specification: Machines

## User Scenarios & Testing

### User Story 1 - Operator pauses a machine (Priority: P1)

An operator pauses a machine and resumes it later.

1. **Given** a running machine, **When** the operator pauses the machine, **Then** no parts are made until the operator resumes it.

## Requirements

- **FR-001**: Operators MUST be able to pause and resume machines
`;

test("of two actions of one sentence, each has its own outcome only", () => {
  const { core_implementation: core } = designCore(basisOf(planned(MACHINES)));
  const operations = core.interfaces.flatMap((one) => one.operations);
  expect(operations.map(({ name, output }) => [name, output])).toEqual([
    ["pauseMachine", "no parts are made until the operator resumes it (US1/AC1)"],
    ["resumeMachine", null],
  ]);
});
