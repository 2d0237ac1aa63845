/** What is sent to people: the thing and not the person is acted on, and e-mail is something outside; names of parts name something. */
import { expect, test } from "vitest";
import { expectSound } from "./holds.ts";

const VAGUE = `# Feature Specification: Programme

## Requirements

- **FR-001**: The programme MUST work well and/or fast
- **FR-002**: System MUST support many formats
- **FR-003**: System MUST handle various things
- **FR-004**: System MUST send each guest a monthly programme by e-mail on Mondays
`;

test("e-mail is outside, and the operation is about what is sent", () => {
  const { architecture } = expectSound(VAGUE);
  expect(architecture.integration_points).toMatchObject([
    { name: "E-mail delivery", requirements: ["FR-004"] },
  ]);
  const operations = architecture.interfaces.flatMap((one) => one.operations);
  expect(operations).toContain("sendMonthlyProgramme");
  expect(operations).not.toContain("sendGuest");
});

test("no part is named by words that name nothing", () => {
  const { architecture } = expectSound(VAGUE);
  for (const { name } of architecture.components)
    expect(name).not.toMatch(
      /^(?:well|many|various|and\/or|system must)\b|\b(?:and\/or|a|the|by)$/i,
    );
});
