import type { ConfigFile } from "./config-schema.ts";
import { baseStage } from "./own-stage.ts";
import type { HeadOptions, RoleOptions, StageOptions } from "./stage-options.ts";

const LEADS = ["reviewer", "synthesizer", "qa"] as const;

type Shared = Pick<ConfigFile, "profile" | "roles">;

/** The options of a stage with what the whole file says of profile and roles, where the stage says nothing itself. */
export function inheritOptions(name: string, options: StageOptions, shared: Shared): StageOptions {
  const profile = options.profile ?? shared.profile;
  const names = [
    ...baseStage(name, options).roles.map((role) => role.name),
    ...Object.keys(options.roles ?? {}),
  ];
  const roles = new Map<string, RoleOptions>(Object.entries(options.roles ?? {}));
  for (const role of names) {
    const cast = shared.roles?.[role];
    if (cast) roles.set(role, withCast(roles.get(role) ?? {}, cast));
  }
  const leads = LEADS.flatMap((lead) => {
    const cast = shared.roles?.[lead];
    return cast ? [[lead, withCast(options[lead] ?? {}, cast)] as const] : [];
  });
  return {
    ...options,
    ...(profile !== undefined && { profile }),
    ...(roles.size > 0 && { roles: Object.fromEntries(roles) }),
    ...Object.fromEntries(leads),
  };
}

/** A role that names its own agent keeps its own fallback, or none: the two belong together. */
const withCast = <T extends HeadOptions>(
  role: T,
  cast: { readonly agent?: string | undefined; readonly fallback?: string | undefined },
): T =>
  role.agent === undefined
    ? { ...role, agent: cast.agent, fallback: role.fallback ?? cast.fallback }
    : role;

/** Names that `roles` may have: of roles and leads of any stage. */
export const sharedRoleNames = (
  stages: Readonly<Record<string, StageOptions>>,
): readonly string[] => [
  ...new Set([
    ...Object.entries(stages).flatMap(([name, options]) => [
      ...baseStage(name, options).roles.map((role) => role.name),
      ...Object.keys(options.roles ?? {}),
    ]),
    ...LEADS,
  ]),
];
