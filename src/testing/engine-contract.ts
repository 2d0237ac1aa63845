import { Desk } from "./engine-contract/desk.ts";
import { Scene, type Cases, type ContractHarness } from "./engine-contract/harness.ts";
import { journalCases } from "./engine-contract/journal-cases.ts";
import { paceCases } from "./engine-contract/pace-cases.ts";
import { personCases } from "./engine-contract/person-cases.ts";
import { messageCases } from "./engine-contract/message-cases.ts";
import { sharedCases } from "./engine-contract/shared-cases.ts";
import { spawnCases } from "./engine-contract/spawn-cases.ts";
import { workerCases } from "./engine-contract/worker-cases.ts";

export { Desk, type Begun } from "./engine-contract/desk.ts";
export type { ContractHarness, ContractWorker } from "./engine-contract/harness.ts";
export { scriptWorkflow, type Op } from "./engine-contract/script.ts";

/** All an engine promises, as cases by name. */
export const engineCases: Cases = {
  ...journalCases,
  ...personCases,
  ...workerCases,
  ...paceCases,
  ...spawnCases,
  ...sharedCases,
  ...messageCases,
};

/**
 * Everything an engine must do, as tests: every engine passes them all. `test` is the test runner's own; `open` makes
 * an engine with runs of its own, whose workers bring their effects to the desk.
 */
export function engineContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: (desk: Desk) => Promise<ContractHarness>,
): void {
  for (const [name, check] of Object.entries(engineCases))
    test(name, async () => {
      const desk = new Desk();
      const harness = await open(desk);
      try {
        await check(new Scene(desk, harness));
      } finally {
        await harness.close();
      }
    });
}
