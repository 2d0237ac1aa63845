import type { AgentRequest } from "../../../../ports/agent.ts";
import { ATTEMPT_VARIABLE } from "../../../shared/process/environment.ts";

/** The environment of one attempt: the allowed variables, what it is asked to be, and its tag. */
export function attemptEnvironment(
  allowed: Readonly<Record<string, string>>,
  request: Pick<AgentRequest, "runId" | "stage" | "role" | "task">,
  tags: string,
): Record<string, string> {
  return {
    ...allowed,
    WAVEGATE_RUN: request.runId,
    WAVEGATE_STAGE: request.stage,
    WAVEGATE_ROLE: request.role,
    WAVEGATE_TASK: request.task,
    [ATTEMPT_VARIABLE]: tags,
  };
}
