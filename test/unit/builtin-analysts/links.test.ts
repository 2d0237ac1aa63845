/** Which requirement needs which: only where words say so, each with the words. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse, isAcyclic } from "./holds.ts";

const spec = (...requirements: readonly string[]): string =>
  `# S\n\n## Requirements\n\n${requirements.map((text, index) => `- **FR-00${index + 1}**: ${text}`).join("\n")}\n`;

const linksOf = (...requirements: readonly string[]) =>
  analyse(spec(...requirements)).requirements.dependencies;

const pairs = (...requirements: readonly string[]): readonly string[] =>
  linksOf(...requirements).map(({ from, to }) => `${from} ${to}`);

test.each([
  [
    "a state that another brings about",
    "Clerks MUST be able to ship a packed parcel",
    "Clerks MUST be able to pack a parcel",
  ],
  [
    "what undoes a deed",
    "System MUST refund the fee within two days",
    "System MUST charge a fee through Mollie",
  ],
  [
    "a two-word verb taken apart",
    "Clerks MUST be able to take the keys back",
    "Clerks MUST be able to hand out keys",
  ],
  [
    "what is stated to come after",
    "System MUST print a label after the parcel is packed",
    "Clerks MUST be able to pack a parcel",
  ],
  [
    "an irregular participle",
    "System MUST lock the drawer once the key is taken back",
    "Clerks MUST be able to take back a key",
  ],
  [
    "a deed made a noun",
    "System MUST refuse reservations on holidays",
    "Guests MUST be able to reserve a table",
  ],
  [
    "an id",
    "System MUST hold at most ten of what FR-002 makes",
    "Guests MUST be able to reserve a table",
  ],
])("found: %s", (_, needing, needed) => {
  expect(pairs(needing, needed)).toEqual(["FR-001 FR-002"]);
});

test("what is stated to come before is needed by the other", () => {
  const links = linksOf(
    "Guests MUST sign in with e-mail and password before they reserve; a password has 12 characters",
    "Guests MUST be able to reserve a table",
    "System MUST charge a fee before a table worth more than 200 euros is handed over",
    "Hosts MUST be able to hand over a table",
  );
  expect(links.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
    "FR-002 FR-001",
    "FR-004 FR-003",
  ]);
  expect(links.find(({ from }) => from === "FR-002")?.reason).toBe(
    'FR-001 (line 5) says "before they reserve", and FR-002 (line 6) ("reserve a table") is that',
  );
});

test.each([
  ["the same noun", "System MUST show each table", "System MUST count the guests of a table"],
  [
    "a time before something",
    "System MUST remind guests two days before an event starts",
    "Hosts MUST be able to start an event",
  ],
  [
    "a state nobody brings about",
    "System MUST list the damaged parcels",
    "Clerks MUST pack parcels",
  ],
  [
    "a state of another thing",
    "System MUST list the packed lunches",
    "Clerks MUST be able to pack a parcel",
  ],
  [
    "a release of something else than what was reserved",
    "Clerks MUST be able to release damaged tables",
    "Guests MUST be able to reserve a table",
  ],
  [
    "a verb that could be a noun",
    "System MUST answer and return to the list",
    "Readers MUST be able to return a book",
  ],
  [
    "a deed that is forbidden",
    "System MUST list the deleted parcels",
    "System MUST NOT delete parcels",
  ],
  [
    "a noun that looks like the verb",
    "System MUST show the empty state when no events match the active filters",
    "System MUST filter the calendar by day",
  ],
])("not taken for a link: %s", (_, one, other) => {
  expect(pairs(one, other)).toEqual([]);
});

test("no cycle, no link to itself and none to a requirement that is not there, whatever is said", () => {
  const verb = fc.constantFrom(
    "reserve",
    "hand out",
    "take back",
    "refund",
    "charge",
    "approve",
    "submit",
    "sign in",
  );
  const thing = fc.constantFrom(
    "a tool",
    "a reserved tool",
    "the deposit",
    "reservations",
    "an approved request",
    "them",
  );
  const order = fc.constantFrom(
    "",
    " before they reserve",
    " after a tool is handed out",
    " once the deposit is refunded",
    " before approving a request",
    " as FR-002 says",
  );
  const text = fc
    .tuple(
      fc.constantFrom("System MUST", "Members MUST be able to", "Only volunteers MUST"),
      verb,
      thing,
      order,
    )
    .map(([who, does, what, when]) => `${who} ${does} ${what}${when}`);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 9 }), (requirements) => {
      const { dependencies, functional } = analyse(spec(...requirements)).requirements;
      const ids = functional.map(({ id }) => id);
      expect(dependencies.filter(({ from, to }) => from === to || !ids.includes(to))).toEqual([]);
      expect(dependencies.filter(({ reason }) => !/FR-\d+ \(line \d+\)/.test(reason))).toEqual([]);
      const needs = ids.map((id) => ({
        id,
        depends_on: dependencies.filter(({ from }) => from === id).map(({ to }) => to),
      }));
      expect(isAcyclic(needs)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
