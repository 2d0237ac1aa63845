/** Phases, owners, needs and operations of the example that ships with the project, and of variations of it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { expectSound } from "./holds.ts";

const TEXT = readFileSync(
  path.resolve(import.meta.dirname, "../../../examples/tool-library/specs/001-lend-tools/spec.md"),
  "utf8",
);
const { architecture, estimation } = expectSound(TEXT);

const phaseOf = (id: string) =>
  estimation.phases.find(({ tasks }) =>
    tasks.some((task) => task.requirements.length === 1 && task.requirements[0] === id),
  );
const component = (name: string) => architecture.components.find((one) => one.name === name);

test("a requirement without a story goes where its heading's neighbours are, and that is said", () => {
  const other = expectSound(
    TEXT.replace(/(- \*\*FR-011\*\*: ).*/, "$1Treasurers MUST be able to print a ledger"),
  );
  expect(other.requirements.functional.find(({ id }) => id === "FR-011")?.stories).toEqual(["US3"]);
  expect(
    other.estimation.phases.find(({ tasks }) =>
      tasks.some(({ requirements: ids }) => ids.join(" ") === "FR-011"),
    )?.name,
  ).toMatch(/^US3/);
  expect(other.requirements.unknowns.join("\n")).toMatch(/Which story FR-011 serves: .*"Deposits"/);
});

test("sign-in that several stories wait for is in the foundation, under a title that ends at a clause", () => {
  expect(phaseOf("FR-014")?.name).toBe("Foundation");
  expect(phaseOf("FR-014")?.tasks.map(({ title }) => title)).toContain(
    "FR-014: Sign in with e-mail and password before they reserve",
  );
});

test("one neighbour is too little to lend a story", () => {
  const alone = expectSound(TEXT.replace(/^- \*\*FR-010\*\*.*\n/m, "").replace(/ and refunds/, ""));
  expect(alone.requirements.functional.find(({ id }) => id === "FR-011")?.stories).toEqual([]);
});

test("an entity belongs to the component that is called like it", () => {
  expect(component("Loans")?.entities).toContain("Loan");
  expect(component("Deposits")?.entities).toContain("Deposit");
  expect(component("Reservations")?.entities).toEqual(
    expect.arrayContaining(["Tool", "Reservation"]),
  );
});

test("components need each other for a reason, and what would close a circle is told", () => {
  expect(component("Loans")?.depends_on.toSorted()).toEqual(["Deposits", "Reservations"]);
  expect(component("Reminders")?.depends_on).toEqual(["Loans"]);
  expect(component("Reminders")?.["depends_because"]).toEqual([
    { on: "Loans", reason: expect.stringMatching(/FR-012 \(line \d+\) uses Loan/) },
  ]);
  expect(
    architecture.components.filter(({ name, depends_on }) => depends_on.includes(name)),
  ).toEqual([]);
  expect(architecture.unknowns.join("\n")).toMatch(
    /Reservations needs Loans too \(FR-004 .*overdue loan/,
  );
});

test("operations are a verb and its object, said once; a rule about who may do it is none", () => {
  const all = architecture.interfaces.flatMap(({ operations }) => operations);
  expect(all).toEqual(
    expect.arrayContaining(["reserveTool", "chargeDeposit", "refundDeposit", "takeBackTool"]),
  );
  expect(all.filter((name) => /euros|once|^keep|^handOutTool$/i.test(name))).toEqual([]);
  expect(architecture.interfaces.flatMap(({ consumers }) => consumers)).not.toContain(
    "Only volunteer",
  );
});

test("what flows is said in the text's words", () => {
  expect(architecture.data_flow).toContainEqual({
    from: "Volunteer",
    to: "Loans",
    data: "hand out a reserved tool",
    trigger: "FR-005",
  });
});

test("a kind of provider is the one product of that kind, with its place", () => {
  const names = architecture.integration_points.map(({ name }) => name);
  expect(names).toEqual(["E-mail delivery", "Stripe"]);
  const stripe = architecture.integration_points.find(({ name }) => name === "Stripe");
  expect(stripe?.purpose).toMatch(
    /as "payment provider" in .*Edge case \(line 74\)|as "payment provider" in US3/,
  );
  expect(stripe?.["places"]).toContain("Edge case (line 74)");
  const two = expectSound(TEXT.replace("through Stripe", "through Stripe or PayPal"));
  expect(two.architecture.integration_points.map(({ name }) => name)).toContain("Payment provider");
});
