import type { RoleSpec, StageSpec } from "./stage-spec.ts";

const MIB = 2 ** 20;

/**
 * How much memory the processes of one agent may hold together, in MiB (ST-18). `api`: S1 §7.2's `agent_memory`, 256 MB and
 * 512 MB for a large context, which we take a complex role to have. Coding agents have none unless set: they start
 * compilers, browsers and whatever else the project needs.
 */
const DEFAULT_MIB: Readonly<
  Record<StageSpec["profile"], { readonly normal: number; readonly large: number } | null>
> = {
  api: { normal: 256, large: 512 },
  "coding-agent": null,
};

/** In bytes, or null for no limit: the role's own where set, else the stage's, else the profile's. 0 means none. */
export function memoryLimit(
  stage: Pick<StageSpec, "profile" | "memoryMib">,
  role: Pick<RoleSpec, "size" | "memoryMib">,
): number | null {
  const byProfile = DEFAULT_MIB[stage.profile]?.[role.size === "complex" ? "large" : "normal"];
  const mib = role.memoryMib ?? stage.memoryMib ?? byProfile ?? 0;
  return mib === 0 ? null : mib * MIB;
}
