/** What a tool does, in the words of the Agent Client Protocol (schema v1, `ToolKind`). */
export const TOOL_KINDS = [
  "read",
  "search",
  "think",
  "fetch",
  "edit",
  "delete",
  "move",
  "execute",
  "switch_mode",
  "other",
] as const;

export type AcpToolKind = (typeof TOOL_KINDS)[number];

/** `inside`: allowed where every file it names lies in a folder that the attempt may use so; without a file it is denied. */
export const PERMISSIONS = ["allow", "inside", "deny"] as const;

export type AcpPermission = (typeof PERMISSIONS)[number];

/** What an agent that asks first may do, by what its tool does. */
export type PermissionPolicy = Readonly<Record<AcpToolKind, AcpPermission>>;

/**
 * For roles that analyse: they read the project, and write at most in a folder of their attempt's own. Nothing is started,
 * nothing is fetched, no mode is left.
 */
export const READING_POLICY: PermissionPolicy = {
  read: "inside",
  search: "allow",
  think: "allow",
  fetch: "deny",
  edit: "inside",
  delete: "inside",
  move: "inside",
  execute: "deny",
  switch_mode: "deny",
  other: "deny",
};

/** For tasks of plans: files are changed in the clone alone. Programs are started in a sandbox only, where they reach nothing else. */
export const WORKING_POLICY: Readonly<Record<"enclosed" | "open", PermissionPolicy>> = {
  enclosed: { ...READING_POLICY, execute: "allow" },
  open: READING_POLICY,
};

/** What an agent asks to be allowed. */
export interface PermissionQuestion {
  readonly kind: AcpToolKind;
  /** Whether it is the handing in of the result, which is always allowed. */
  readonly submits: boolean;
  /** Whether each file that it names lies in a folder where the attempt may do this; empty when it names none. */
  readonly inside: readonly boolean[];
}

/** How a question is answered, and by which rule, for people. */
export interface PermissionAnswer {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Decide by the policy alone. Nobody is asked: runs work unattended, and what is denied is told to the agent at once. */
export function answerPermission(
  policy: PermissionPolicy,
  { kind, submits, inside }: PermissionQuestion,
): PermissionAnswer {
  if (submits) return { allowed: true, reason: "it hands in the result" };
  switch (policy[kind]) {
    case "allow":
      return { allowed: true, reason: `permissions: ${kind} is allowed` };
    case "deny":
      return { allowed: false, reason: `permissions: ${kind} is denied` };
    case "inside":
      if (inside.length === 0)
        return { allowed: false, reason: `permissions: ${kind} names no file` };
      return inside.every(Boolean)
        ? { allowed: true, reason: `permissions: ${kind} stays inside` }
        : { allowed: false, reason: `permissions: ${kind} leaves the folders of the attempt` };
  }
}

export const isToolKind = (word: unknown): word is AcpToolKind =>
  TOOL_KINDS.some((kind) => kind === word);
