import type { PlanDiagnostic } from "../../model.ts";
import { quoted } from "../../report.ts";
import { field, find, items, numberOf, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, type Case } from "./claim.ts";

/** Assignments against the teams there are: known, able, not at two things at once; and sessions that no phase has. */
export function checkTeams({ facts }: Case): readonly PlanDiagnostic[] {
  return facts.documents.flatMap((document) => {
    const teams = new Map(
      items(find(document, "available_teams", "teams")).flatMap((team) => {
        const id = wordOf(field(team, "team_id", "id", "name")) ?? team.name;
        return id === undefined ? [] : [[id, team] as const];
      }),
    );
    const sessions = new Set<string>();
    const told: PlanDiagnostic[] = [];
    for (const { value, waves } of facts.waves) {
      if (value.source !== document.source) continue;
      for (const wave of waves) {
        const busy = new Map<string, string>();
        for (const member of wave.members) {
          sessions.add(wordOf(field(member.value, "session_id", "session")) ?? "");
          for (const team of items(field(member.value, "team_assignment", "team", "teams")))
            told.push(
              ...checkAssignment({
                team,
                phase: member.value,
                word: member.word,
                wave: wave.number,
                teams,
                busy,
                facts,
              }),
            );
        }
      }
      told.push(
        ...checkSessions(document, sessions),
        ...checkCapacity(
          document,
          waves.map(({ members }) => members.length),
        ),
      );
    }
    return told;
  });
}

interface Assignment {
  readonly team: Value;
  readonly phase: Value;
  readonly word: string;
  readonly wave: string;
  readonly teams: ReadonlyMap<string, Value>;
  readonly busy: Map<string, string>;
  readonly facts: Case["facts"];
}

function checkAssignment({
  team,
  phase,
  word,
  wave,
  teams,
  busy,
  facts,
}: Assignment): readonly PlanDiagnostic[] {
  const id = wordOf(team) ?? "";
  const told: PlanDiagnostic[] = [];
  const other = busy.get(id);
  if (other !== undefined)
    told.push(
      claim(
        "PLAN_TEAM_BOOKED_TWICE",
        team,
        `Team ${quoted(id)} has ${quoted(other)} and ${quoted(word)} in wave ${wave}`,
      ),
    );
  busy.set(id, word);
  const known = teams.get(id);
  if (!known)
    return teams.size === 0
      ? told
      : [
          ...told,
          claim(
            "PLAN_TEAM_UNKNOWN",
            team,
            `Phase ${quoted(word)} is given to ${quoted(id)}, which is no team of the plan`,
          ),
        ];
  return [...told, ...checkAbility({ team, phase, word, facts }, known)];
}

/** Whether a team is there, and has the skills. */
function checkAbility(
  { team, phase, word, facts }: Pick<Assignment, "team" | "phase" | "word" | "facts">,
  known: Value,
): readonly PlanDiagnostic[] {
  const id = wordOf(team) ?? "";
  const told: PlanDiagnostic[] = [];
  if (numberOf(field(known, "availability")) === 0 || numberOf(field(known, "team_size")) === 0)
    told.push(
      claim(
        "PLAN_SKILL_MISSING",
        team,
        `Phase ${quoted(word)} is given to ${quoted(id)}, which is not available`,
      ),
    );
  const skills = new Set(
    items(field(known, "key_skills", "skills")).map((skill) => (wordOf(skill) ?? "").toLowerCase()),
  );
  const needed = [
    ...items(field(phase, "required_skills", "skills")).flatMap((skill) => wordOf(skill) ?? []),
    ...facts.phases.filter(({ id: own }) => own === word).flatMap((fact) => fact.skills),
  ];
  const missing = [...new Set(needed)].filter((skill) => !skills.has(skill.toLowerCase()));
  if (missing.length > 0)
    told.push(
      claim(
        "PLAN_SKILL_MISSING",
        team,
        `Phase ${quoted(word)} needs ${missing.join(", ")}, which team ${quoted(id)} does not have`,
      ),
    );
  return told;
}

/** Ids like those of sessions that take part in something and that no phase has. */
function checkSessions(document: Value, sessions: ReadonlySet<string>): readonly PlanDiagnostic[] {
  const listed = [
    ...items(find(document, "risk_assessment")).flatMap((risk) =>
      items(field(risk, "affected_sessions")),
    ),
    ...items(find(document, "waves")).flatMap((wave) =>
      items(field(wave, "synchronization_points")).flatMap((point) =>
        items(field(point, "participants")),
      ),
    ),
  ];
  return listed.flatMap((value) => {
    const word = wordOf(value) ?? "";
    return /^session[_-]/i.test(word) && !sessions.has(word)
      ? [claim("PLAN_SESSION_UNKNOWN", value, `No phase has the session ${quoted(word)}`)]
      : [];
  });
}

/** Environments and sessions that there are, against what the widest wave needs: one for each phase. */
function checkCapacity(document: Value, widths: readonly number[]): readonly PlanDiagnostic[] {
  const most = widths.reduce((all, each) => Math.max(all, each), 0);
  const capacity = find(document, "infrastructure_capacity");
  return ["development_environments", "monitoring_capacity", "ci_cd_capacity"].flatMap((name) => {
    const value = field(capacity, name);
    const there = /^\s{0,4}(\d{1,6})\b/.exec(wordOf(value) ?? "")?.[1];
    return value && there !== undefined && Number(there) < most
      ? [
          claim(
            "PLAN_WAVE_CAPACITY",
            value,
            `${name} is ${there}, but a wave has ${most} phases at once`,
          ),
        ]
      : [];
  });
}
