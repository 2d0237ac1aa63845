import { createHash } from "node:crypto";
import type { AgentDescription } from "../../../ports/agent.ts";
import type { ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import { accessOf, type Surroundings } from "./access.ts";
import { packagesFor, type FindPackage } from "./sdk-packages.ts";

/** How a request is put together; another one after a change that may change answers. */
const LAYOUT = "1";

/** Whether the agent can run here, and what makes its answers what they are. Asks nobody: whether the key is good is seen when it is used. */
export function describeModel(
  definition: ResolvedModelDefinition,
  surroundings: Surroundings,
): AgentDescription {
  const { name, summary, modelId } = definition;
  const base = { name, kind: "model", summary } as const;
  const access = accessOf(definition, surroundings);
  if (!access.ok) return { ...base, availability: { available: false, ...access.error } };
  return {
    ...base,
    availability: { available: true, version: modelId },
    identity: identityOf(definition, surroundings.find),
    worksFrom: "inputs",
  };
}

/** Never the key: who pays otherwise gets the same answers. Headers only as a digest, and those of secrets not at all. */
function identityOf(
  definition: ResolvedModelDefinition,
  find: FindPackage,
): Readonly<Record<string, string>> {
  const { provider, modelId, baseUrl, headers, facts } = definition;
  const { temperature, maxOutputTokens, answerAs, inlineBytes } = definition;
  return {
    provider,
    model: modelId,
    "base url": baseUrl,
    settings: `temperature ${temperature ?? "default"}, most output ${maxOutputTokens ?? "default"}, answer as ${answerAs ?? "the endpoint takes it"}, inputs up to ${inlineBytes} bytes`,
    ...(Object.keys(headers).length > 0 && {
      headers: createHash("sha256").update(JSON.stringify(headers)).digest("hex"),
    }),
    packages: packagesFor(facts.form)
      .map(({ name }) => `${name} ${find(name) ?? "unknown"}`)
      .join(", "),
    layout: LAYOUT,
  };
}
