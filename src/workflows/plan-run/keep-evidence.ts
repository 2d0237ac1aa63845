import { toJson } from "../../core/json.ts";
import type { Steps } from "../../ports/engine.ts";
import type { PlanRunPorts } from "./plan-ports.ts";

/** What shows how an attempt was judged, kept by its digest. */
export async function keepEvidence(
  ports: PlanRunPorts,
  steps: Steps,
  name: string,
  evidence: { readonly [part: string]: unknown },
): Promise<string> {
  const text = `${JSON.stringify(toJson(evidence), undefined, 2)}\n`;
  return steps.attempt({ name: `${name}/evidence` }, async () => {
    const { digest } = await ports.artifacts.put("evidence.json", text);
    await ports.artifacts.writeRunFile(steps.runId, `attempts/${name}/evidence.json`, text);
    return digest;
  });
}
