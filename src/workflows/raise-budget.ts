import type { Steps } from "../ports/engine.ts";
import { raiseCaps, type Raise } from "../stage/budget/ledger.ts";
import { raisedCap } from "./budget-reached.ts";
import type { StagePorts } from "./stage-ports.ts";

/** What a person raised: on the audit log first, then in the ledger. `name` is unique in the run. */
export async function raiseBudget(
  ports: Pick<StagePorts, "audit" | "clock" | "digest" | "ledgers">,
  steps: Steps,
  {
    name,
    by,
    raises,
  }: { readonly name: string; readonly by: string; readonly raises: readonly Raise[] },
): Promise<void> {
  const { runId } = steps;
  await steps.attempt({ name }, async ({ signal }) => {
    await ports.audit.append({
      id: `${runId}/${name}`,
      at: new Date(ports.clock.now()).toISOString(),
      actor: by,
      action: "budget-raised",
      runId,
      digest: ports.digest(JSON.stringify(raises)),
      details: { raised: raises.map(raisedCap) },
    });
    return ports.ledgers.change(
      runId,
      (ledger) => ({ ledger: raiseCaps(ledger, raises), value: null }),
      signal,
    );
  });
}
