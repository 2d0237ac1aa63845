import { isToWrite, type AgentRequest } from "../../../ports/agent.ts";
import type { SandboxRequest } from "../../../ports/sandbox.ts";

/** The clone of a request, as its program's sandbox is to show it. */
export const cloneOf = (request: AgentRequest): Pick<SandboxRequest, "clone"> => {
  const { work } = request;
  if (work === undefined) return {};
  const { folder, readable } = work;
  return { clone: { folder, readable, writable: isToWrite(request) } };
};
