import type { Price } from "./price.ts";

/** What is known of an agent before it is asked, as far as budgets are concerned. */
export type AgentCost = {
  /** It uses no tokens and costs nothing: the built-in analysts. */
  readonly free: boolean;
  /** Of the configuration's table; null where it has none. */
  readonly price: Price | null;
  /** Whether it says itself what a call cost. */
  readonly reportsCost: boolean;
  /** What each of its requests to the model holds besides the prompt, in bytes: its own instructions and tools. */
  readonly requestBytes: number;
  /** Requests of one call, where nothing is known of earlier calls. */
  readonly requests: number;
};

/** An agent that nothing is known of. */
export const UNKNOWN_COST: AgentCost = {
  free: false,
  price: null,
  reportsCost: false,
  requestBytes: 0,
  requests: 1,
};

export const FREE: AgentCost = { ...UNKNOWN_COST, free: true };

/** By the agents' names. */
export type AgentCosts = (agent: string) => AgentCost;
