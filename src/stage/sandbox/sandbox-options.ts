import type { SandboxInput } from "./sandbox-fields.ts";
import type { SandboxOptions } from "./sandbox-settings.ts";

/** What was read of a sandbox's section, without what was left out. */
export const sandboxOptions = (input: SandboxInput): SandboxOptions => {
  const { mode, endpoints, read, write, hide } = input ?? {};
  return {
    ...(mode && { mode }),
    ...(endpoints && { endpoints }),
    ...(read && { read }),
    ...(write && { write }),
    ...(hide && { hide }),
  };
};
