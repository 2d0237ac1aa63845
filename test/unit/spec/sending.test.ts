/** A way of sending that is out of scope and demanded all the same. */
import { expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";

function contradictions(outOfScope: string, requirement: string): readonly string[] {
  const text = `# Tickets\n\n## Requirements\n\n- **FR-001**: ${requirement}\n\n## Out of Scope\n\n- ${outOfScope}\n`;
  return checkSpec(parseSpec("spec.md", text), text)
    .filter(({ code }) => code === "SPEC_CONTRADICTION")
    .map(({ message }) => message);
}

test.each([
  ["Notifications (email, push, SMS)", "System MUST send each guest the programme by e-mail."],
  ["E-mail", "System MUST notify guests by e-mail of a new date."],
  ["Reminders by SMS", "System MUST remind guests by SMS on the day before."],
])("%s is out of scope: %s", (item, requirement) => {
  expect(contradictions(item, requirement)).toEqual([
    `"${item}" is out of scope, yet FR-001 (line 5) demands it.`,
  ]);
});

test.each([
  ["Notifications (push, SMS)", "System MUST send each guest the programme by e-mail."],
  ["Notifications (email)", "System MUST send a code to the phone and keep the e-mail address."],
  ["Notifications (email)", "System MUST NOT send anything by e-mail."],
  ["Import of contacts from e-mail", "System MUST send each guest the programme by e-mail."],
])("%s does not rule out: %s", (item, requirement) => {
  expect(contradictions(item, requirement)).toEqual([]);
});
