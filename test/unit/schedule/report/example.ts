/** One small project with everything in it that documents tell of: what the golden files and the page are made from. */
import type { Activity, Project } from "../../../../src/schedule/project/project.ts";
import type { Skill, Team } from "../../../../src/schedule/project/team.ts";
import { activity, link, office, person, project, team } from "../project/samples.ts";

const DAY = 480;

const skills = (text: string): readonly Skill[] =>
  text.split(" ").map((each) => {
    const [skill = "", level = "3"] = each.split(":");
    return { skill, level: Number(level) };
  });

const TEAMS: readonly Team[] = [
  team(
    "backend",
    [
      person("ada", { title: "Ada", skills: skills("node:5 sql:4") }),
      person("ben", { title: "Ben", skills: skills("node:3 sql:2"), availability: 0.8 }),
    ],
    { title: "Backend" },
  ),
  team(
    "frontend",
    [
      person("cleo", { title: "Cleo", skills: skills("react:4 css:4") }),
      person("dan", { title: "Dan", skills: skills("react:2") }),
    ],
    { title: "Frontend" },
  ),
];

const needing = (skill: string, level = 2): Activity["crew"] => ({
  kind: "people",
  needs: [{ skills: [{ skill, level }], count: 1 }],
});

/** `group: title, 3 days of skill` */
const task = (id: string, text: string, more: Partial<Activity> = {}): Activity => {
  const [, group = "", title = "", days = "", skill] =
    /^(\w+): (.+), (\d+) days(?: of (\w+))?$/.exec(text) ?? [];
  const likely = Number(days) * DAY;
  return activity(id, likely, {
    title,
    group,
    work: { likely, optimistic: likely * 0.8, pessimistic: likely * 1.8, basis: `${days} days` },
    crew: skill === undefined ? { kind: "nobody" } : needing(skill),
    ...more,
  });
};

const database = { uses: [{ resource: "orders-db", amount: 1 }] };

export const EXAMPLE: Project = project({
  name: "Checkout",
  start: "2024-03-18",
  teams: TEAMS,
  calendars: [{ ...office("Europe/Berlin"), holidays: ["2024-03-29", "2024-04-01"] }],
  groups: [
    { id: "foundation", title: "Foundation", deliverables: ["Order schema", "API skeleton"] },
    { id: "orders", title: "Orders", deliverables: ["Order API"] },
    { id: "shop", title: "Shop pages", deliverables: ["Cart page", "Payment page"] },
    { id: "release", title: "Release", deliverables: ["Checkout in production"] },
  ],
  activities: [
    task("T1", "foundation: Order schema, 2 days of sql", database),
    task("T2", "foundation: API skeleton, 3 days of node"),
    task("T3", "orders: Create and cancel orders, 4 days of node", database),
    task("T4", "orders: Stock reservation, 3 days of sql", database),
    task("T5", "orders: Payment provider, 5 days of node", { deadline: "2024-04-09" }),
    task("T6", "shop: Cart page, 4 days of react"),
    task("T7", "shop: Payment page, 3 days of react"),
    task("T8", "shop: Styles, 2 days of css"),
    task("T9", "release: End-to-end tests, 3 days of node"),
    task("T10", "release: Load test, 1 days of sql", { notBefore: "2024-04-04" }),
    task("T11", "release: Live, 0 days"),
  ],
  links: [
    link("T1", "T3"),
    link("T2", "T3"),
    link("T1", "T4"),
    link("T2", "T5"),
    link("T2", "T6"),
    link("T6", "T7", { kind: "SS", lag: DAY }),
    link("T6", "T8", { strength: "soft", origin: "same file" }),
    link("T3", "T9"),
    link("T5", "T9"),
    link("T7", "T9"),
    link("T4", "T10"),
    link("T9", "T11"),
    link("T10", "T11"),
  ],
  resources: [
    { id: "orders-db", title: "Orders database", kind: "database", capacity: 1 },
    { id: "staging", title: "Staging", kind: "environment", capacity: 2 },
  ],
  syncPoints: [
    {
      id: "api-review",
      title: "API contract review",
      after: ["T2"],
      before: ["T5", "T6"],
      minutes: 120,
      participants: ["backend", "frontend"],
      triggers: ["The API skeleton answers"],
      preparation: ["OpenAPI file in the repository", "Mock server runs"],
      criteria: ["Both teams agree on all routes"],
      onFailure: ["Change the skeleton, hold it again next morning"],
      deliverables: ["Agreed OpenAPI file"],
    },
  ],
  buffer: 0.2,
  deadline: "2024-04-26",
  given: {
    risks: [
      {
        id: "coord_001",
        name: "The payment provider changes its API",
        category: "technical_risk",
        probability: "medium",
        impact: "2 weeks",
        activities: ["T5"],
        teams: ["backend"],
        detection: "Contract tests each night",
        signs: ["Deprecation notices"],
        prevention: ["Pin the API version"],
        response: ["Call the provider"],
        contingency: "The other provider",
        owner: { name: "architect", why: "No owner is written" },
        place: { file: "plans/checkout.md", line: 12 },
      },
    ],
    strategies: [
      {
        id: "mit_001",
        name: "Two providers",
        description: "A second one is under contract",
        implementation: ["One interface for both"],
        successMetrics: ["Switched within a day"],
        monitoring: "Monthly trial",
        risks: ["coord_001"],
        place: { file: "plans/checkout.md", line: 20 },
      },
    ],
    constraints: [
      {
        resource: "orders-db",
        description: "One development database",
        impact: "Migrations are agreed",
        mitigation: "Review of each migration",
        place: { file: "plans/checkout.md", line: 30 },
      },
    ],
  },
});
