import type { RoleSpec } from "../stage-spec.ts";

/** A built-in role: played by the built-in agent, from the documents alone, unless configured otherwise. */
export const role = (
  text: Pick<RoleSpec, "name" | "title" | "contract" | "prompt"> & Partial<RoleSpec>,
): RoleSpec => ({ agent: "builtin", needs: [], size: "normal", ...text });
