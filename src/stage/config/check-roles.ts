import { findCycle } from "../../core/graph/find-cycle.ts";
import { formatPlace } from "../../core/place.ts";
import type { StageSpec } from "../stage-spec.ts";
import type { RoleOptions, StageOptions } from "./stage-options.ts";
import type { ConfigPath, Locate } from "./locate.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { showValue, type Report } from "./report.ts";

export interface StageToCheck {
  /** Where the stage stands in the file. */
  readonly path: ConfigPath;
  readonly options: StageOptions;
  /** The stage as it would run. */
  readonly stage: StageSpec;
  readonly builtInRoles: ReadonlySet<string>;
  /** Whether the schema has found something at or below a path: no second complaint is needed there. */
  readonly touched: (path: ConfigPath) => boolean;
  readonly locate: Locate;
}

/** Roles that take a lead's name, are incomplete, need what isn't there or each other, and a quorum they can't reach. */
export function checkRoles(check: StageToCheck, report: Report): void {
  checkNames(check, report);
  checkComplete(check, report);
  checkParts(check, report);
  checkNeeds(check, report);
  checkCycle(check, report);
  checkQuorum(check, report);
}

const LEADS = ["reviewer", "synthesizer", "qa"] as const;

/** The lead that a specialist's name belongs to, by the lead's key or by its name in this stage. */
const leadNamed = (stage: StageSpec, name: string) =>
  LEADS.find((lead) => lead === name || stage[lead].name === name);

/** Leads and specialists of a stage share one space of names: what each says is kept under its name. */
function checkNames({ path, options, stage }: StageToCheck, report: Report): void {
  for (const name of Object.keys(options.roles ?? {})) {
    const lead = leadNamed(stage, name);
    if (lead)
      report({
        code: "CONFIG_BAD_NAME",
        path: [...path, "roles", name],
        part: "key",
        message: `A role can't be called ${name}: that is the name of the stage's ${lead}.`,
        hint: `Choose another name; options of the ${lead} stand under ${lead}, beside roles.`,
      });
  }
}

/** What a role of one's own needs and this one has not. */
const lackingIn = (role: RoleOptions): readonly string[] => [
  ...(["title", "agent", "contract"] as const).filter((key) => !role[key]),
  ...(role.prompt === undefined && role["prompt-file"] === undefined ? ["prompt"] : []),
];

/** Names of roles that may be offered: a role that is refused itself is no advice. */
const soundNames = ({ path, options, stage, builtInRoles, touched }: StageToCheck) =>
  stage.roles.flatMap(({ name }) => {
    const own = options.roles?.[name];
    const refused =
      own !== undefined &&
      !builtInRoles.has(name) &&
      (leadNamed(stage, name) || touched([...path, "roles", name]) || lackingIn(own).length > 0);
    return refused ? [] : [name];
  });

function checkComplete(
  { path, options, stage, builtInRoles, touched }: StageToCheck,
  report: Report,
): void {
  for (const [name, role] of Object.entries(options.roles ?? {})) {
    const at = [...path, "roles", name];
    if (builtInRoles.has(name) || touched(at) || leadNamed(stage, name)) continue;
    const lacks = lackingIn(role);
    if (lacks.length === 0) continue;
    const near = nearestName(name, [...builtInRoles]);
    report({
      code: "CONFIG_INCOMPLETE_ROLE",
      path: at,
      part: "key",
      message: `The role ${name} is not a built-in one, and lacks ${lacks.join(", ")}.`,
      hint: near
        ? `Did you mean ${near}? A role of your own needs title, agent, contract and prompt.`
        : "Give it title, agent, contract and prompt.",
    });
  }
}

/** The built-in agent has no part for what may be about anything. */
function checkParts({ path, options, stage }: StageToCheck, report: Report): void {
  for (const { name, agent, contract } of stage.roles)
    if (agent === "builtin" && contract === "analysis_report")
      report({
        code: "CONFIG_INCOMPLETE_ROLE",
        path: [...path, "roles", name, options.roles?.[name]?.agent ? "agent" : "contract"],
        part: "value",
        message: `builtin can't answer with ${contract}, which may be about anything.`,
        hint: "Name an agent from agents, or another contract.",
      });
}

function checkNeeds(check: StageToCheck, report: Report): void {
  const { path, options, stage } = check;
  const names = new Set(stage.roles.map(({ name }) => name));
  const sound = soundNames(check);
  for (const [name, role] of Object.entries(options.roles ?? {}))
    for (const [index, needed] of (role.needs ?? []).entries())
      if (!names.has(needed))
        report(unknownRole([...path, "roles", name, "needs", index], needed, without(sound, name)));
}

function unknownRole(path: ConfigPath, name: string, known: readonly string[]) {
  const near = nearestName(name, known);
  return {
    code: "CONFIG_UNKNOWN_ROLE",
    path,
    part: "value",
    message: `There is no role ${showValue(name)} in this stage.`,
    hint: near
      ? `Did you mean ${near}?`
      : known.length > 0
        ? `Use one of: ${known.join(", ")}.`
        : "Add it under roles, or remove it here.",
  } as const;
}

const without = (names: readonly string[], name: string) => names.filter((each) => each !== name);

/** The first cycle found, told whole: who needs whom, and where that is written. */
function checkCycle({ path, stage, locate }: StageToCheck, report: Report): void {
  const cycle = findCycle(new Map(stage.roles.map(({ name, needs }) => [name, needs])));
  if (!cycle) return;
  const edge = (from: string, to: string): ConfigPath => {
    const needs = stage.roles.find(({ name }) => name === from)?.needs ?? [];
    return [...path, "roles", from, "needs", needs.indexOf(to)];
  };
  const steps = cycle.slice(1).map((to, index) => [cycle[index] ?? to, to] as const);
  const told = steps.map(
    ([from, to]) => `${from} needs ${to} (${formatPlace(locate(edge(from, to), "value"))})`,
  );
  report({
    code: "CONFIG_ROLE_CYCLE",
    path: steps[0] ? edge(...steps[0]) : path,
    part: "value",
    message: `Roles wait for each other: ${told.join(", ")}.`,
    hint: "Remove one of these needs.",
  });
}

function checkQuorum(check: StageToCheck, report: Report): void {
  const { path, options, stage } = check;
  const names = stage.roles.map(({ name }) => name);
  const at = [...path, "quorum"];
  // A stage without roles is told so.
  if (names.length > 0 && stage.quorum.minimum > names.length)
    report({
      code: "CONFIG_QUORUM_IMPOSSIBLE",
      path: [...at, "minimum"],
      part: "value",
      message: `quorum.minimum is ${stage.quorum.minimum}, but the stage has ${names.length} roles: it could never be met.`,
      hint: `Set it to ${names.length} or less, or add roles.`,
    });
  for (const [index, name] of (options.quorum?.required ?? []).entries())
    if (!names.includes(name))
      report(unknownRole([...at, "required", index], name, soundNames(check)));
}
