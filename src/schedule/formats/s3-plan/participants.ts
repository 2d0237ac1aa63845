import { field, items, type Value } from "../../../core/json-values.ts";
import { namesIn, teamsListed, type ExecutionPlan, type NamedValue } from "./execution-plan.ts";

/** Who takes part in something, by what is written. */
export interface Participant extends NamedValue {
  /** The teams that are meant; none for a role, and for what is not there. */
  readonly teams: readonly string[];
  readonly kind: "team" | "session" | "all" | "role" | "unknown";
  /** Teams that a name that is not there may mean: `backend_teams` is each team called `backend_…`. */
  readonly near: readonly string[];
}

const ALL = /^all(?:[_ -]|$)/i;
const SESSION = /^session[_ -]/i;
const TEAMS = /[_ -]?teams?(?:[_ -]?\d{1,4})?$/i;

/** What the names in a list of participants stand for. */
export function participantsIn(
  plan: ExecutionPlan,
  list: Value | undefined,
): readonly Participant[] {
  const teams = teamsListed(plan);
  const bySession = new Map(
    plan.waves.flatMap(({ phases }) =>
      phases.flatMap(({ session, teams: own }) =>
        session === undefined ? [] : [[session, own.map(({ name }) => name)] as const],
      ),
    ),
  );
  return namesIn(list).map((named): Participant => {
    const { name } = named;
    if (teams.includes(name)) return { ...named, kind: "team", teams: [name], near: [] };
    const inSession = bySession.get(name);
    if (inSession) return { ...named, kind: "session", teams: inSession, near: [] };
    if (ALL.test(name)) return { ...named, kind: "all", teams, near: [] };
    if (!TEAMS.test(name) && !SESSION.test(name))
      return { ...named, kind: "role", teams: [], near: [] };
    const stem = name.replace(TEAMS, "").toLowerCase();
    const near = stem === "" ? [] : teams.filter((team) => team.toLowerCase().startsWith(stem));
    return { ...named, kind: "unknown", teams: [], near };
  });
}

/** Every list of participants of an execution plan, with what it is of. */
export function participantLists({ root, waves }: ExecutionPlan): readonly Value[] {
  const coordination = field(root, "coordination_protocols");
  const things = [
    ...items(field(coordination, "synchronization_points")),
    ...items(field(coordination, "communication_schedule")),
    ...waves.flatMap(({ value }) => [
      ...items(field(value, "synchronization_points")),
      ...items(field(value, "coordination_requirements")),
    ]),
  ];
  return things.flatMap((thing) => field(thing, "participants") ?? []);
}
