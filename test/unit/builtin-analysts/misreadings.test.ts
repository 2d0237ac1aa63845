/** Words that look like something else: each was read wrongly in a real specification. Texts of our own. */
import { expect, test } from "vitest";
import { planned } from "../builtin-preparation/chain.ts";
import { analyse } from "./holds.ts";

const SPEC = `# Feature Specification: Wunschzettel

**Input**: User description: "Wishes, see https://tracker.example/W-1"

## User Scenarios & Testing

### User Story 1 - Wish (Priority: P1)

A child submits a wish, and a parent decides.

1. **Given** a child with 10 euros, **When** they submit a wish for 5 euros, **Then** the wish is pending

### Edge Cases

- What happens if a child submits multiple wishes at once? Each wish is looked at by itself.
- Posts are protected by a double-submit cookie.

## Requirements

- **FR-001**: Children MUST be able to submit a wish with an amount
- **FR-002**: The system MUST allow only one pending wish per child at a time
- **FR-003**: Parents MUST see a visual indicator when a wish is pending
- **FR-004**: The amount MUST follow the existing amount constraints
- **FR-005**: Le système DOIT envoyer un lien à usage unique via Brevo
- **FR-006**: The app MUST target SDK 54

### Key Entities

- **Household**: name, members
- **Booking**: Existing entity, linked to a wish
- **AppConfig**: configuration attributes in app.json

## Success Criteria

- **SC-001**: 100 requests are refused in a row (automated test in CI)

## Assumptions

- Children already have accounts with balances in euros.
- Die Anmeldung mit OAuth (Google, Apple) is explicitly out of scope.
`;

const { architecture, risk, estimation } = analyse(SPEC);
const summary = planned(SPEC)["planning-summary.md"] ?? "";
const tasks = estimation.phases.flatMap((phase) => phase.tasks.map(({ title }) => title));

test("a link for single use is no uniqueness, a cookie no repeated command, a place of measurement no service", () => {
  const patterns = architecture.patterns.map(({ name }) => name);
  expect(patterns).not.toContain("Idempotent commands");
  expect(
    architecture.patterns.find(({ name }) => name.startsWith("Unique"))?.applies_to ?? [],
  ).not.toContain("FR-005");
  expect(architecture.integration_points.map(({ name }) => name)).toEqual(["Brevo"]);
});

test("what has to run on a new version waits for the change to it", () => {
  const { requirements } = analyse(
    SPEC.replace(
      "- **FR-006**: The app MUST target SDK 54",
      "- **FR-006**: Packages MUST be updated to target Acme SDK 54\n- **FR-007**: The server MUST accept clients of SDK 54",
    ),
  );
  expect(requirements.dependencies.map(({ from, to }) => `${from} ${to}`)).toContain(
    "FR-007 FR-006",
  );
});

test("what somebody merely sees is no operation, and what exists does not stop because a version is named", () => {
  expect(architecture.interfaces.flatMap(({ operations }) => operations).join(" ")).not.toMatch(
    /indicator/i,
  );
  expect(risk.risks.map(({ description }) => description).join(" ")).not.toContain("SDK 54");
});

test("how money is stored is settled where balances exist; entities that exist, and settings, are not built", () => {
  expect(architecture.alternatives.map(({ topic }) => topic).join(" ")).not.toMatch(/money/);
  const modelled = tasks.filter((title) => title.startsWith("Model and store")).join(" ");
  expect(modelled).toContain("Household");
  expect(modelled).not.toMatch(/Booking|AppConfig/);
});

test("an edge case that a limit rules out is not called answered", () => {
  const found = risk.edge_cases.find(({ description }) => description.includes("multiple wishes"));
  expect(found?.handling).toBeNull();
  expect(found?.description).toContain("FR-002 allows only one");
});

test("the summary names what is there already, what is left out, and the address as written", () => {
  expect(summary).toContain("**Amount constraints**, there already (FR-004)");
  expect(summary).toContain("**Accounts with balances in euros**, there already");
  expect(summary).toContain("Not part of it: die Anmeldung mit OAuth (Google, Apple).");
  expect(summary).toContain("`https://tracker.example/W-1`");
});
