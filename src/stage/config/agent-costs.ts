import { kindOf, type AgentKinds, type AnyDefinition } from "../agents/agent-kind.ts";
import { UNKNOWN_COST, type AgentCost } from "../budget/agent-cost.ts";
import type { Price } from "../budget/price.ts";
import type { PriceOptions } from "./budget-options.ts";
import type { ConfigFile } from "./config-schema.ts";

type Options = NonNullable<ConfigFile["agents"]>[string];

/** What is known of what the agents of the file cost, by name. */
export function agentCosts<Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  file: ConfigFile,
): ReadonlyMap<string, AgentCost> {
  const table = new Map(Object.entries(file.prices ?? {}));
  return new Map(
    Object.entries(file.agents ?? {}).map(([name, options]) => {
      const kind = kindOf(kinds, options);
      const price = table.get(priceNameOf(options) ?? "");
      const use = kind.use?.(kind.define(name, options));
      return [name, { ...UNKNOWN_COST, ...use, price: price ? toPrice(price) : null }];
    }),
  );
}

/** The name of its price: what it says, else its model. */
export const priceNameOf = ({ price, model }: Options): string | undefined =>
  typeof price === "string" ? price : typeof model === "string" ? model : undefined;

const toPrice = (options: PriceOptions): Price => ({
  input: options.input,
  output: options.output,
  cacheRead: options["cache-read"] ?? null,
  cacheWrite: options["cache-write"] ?? null,
});
