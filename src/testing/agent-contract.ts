import { answerCases } from "./agent-contract/answer-cases.ts";
import { endCases } from "./agent-contract/end-cases.ts";
import { limitCases } from "./agent-contract/limit-cases.ts";
import type { AgentSubject, TestApi } from "./agent-contract/subject.ts";
import { troubleCases } from "./agent-contract/trouble-cases.ts";

/**
 * What every adapter of the agent port must do (`src/ports/agent.ts`), as tests. Cases that need a state the subject
 * doesn't have are left out; those in which a call must end fail after `patienceMs`, however badly the adapter hangs.
 */
export function agentContract(subject: AgentSubject, { describe, test }: TestApi): void {
  describe(`${subject.name} keeps the contract of agents`, () => {
    for (const cases of [answerCases, endCases, limitCases, troubleCases]) cases(subject, test);
  });
}
