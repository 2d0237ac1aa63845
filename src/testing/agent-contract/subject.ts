import type { Transform } from "node:stream";
import type { Json } from "../../core/json.ts";
import type { Agent, AgentRequest } from "../../ports/agent.ts";

/** `describe` and `test` of vitest, node:test, jest, …: this suite depends on none of them. */
export interface TestApi {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>) => void;
}

/** An agent under test, in the states the suite needs it in. Each function makes a fresh agent. */
export interface AgentSubject {
  readonly name: string;
  /** Answers the request made with `request`. */
  readonly answering: () => Agent;
  /** What of the request it needs to answer: inputs, prompt, role. */
  readonly request?: Partial<AgentRequest>;
  /** The value it must answer with, if that is known. */
  readonly expected?: Json;
  /** How often the runtime behind the agents was asked until now: programs started, requests received. */
  readonly calls?: () => number;
  /** Never answers by itself, and says nothing. */
  readonly hanging?: () => Agent;
  /** Begins its answer and never ends it. `begun` resolves when the first part is under way; without it, a line shown tells. */
  readonly halting?: () => { readonly agent: Agent; readonly begun?: Promise<unknown> };
  /** Never stops talking. */
  readonly flooding?: () => Agent;
  /** Says the secret in its raw output, and was made with this filter for what it keeps. */
  readonly leaking?: (secret: string, makeFilter: () => Transform) => Agent;
  /** Cannot run here: the program, key or address it needs is missing. */
  readonly unavailable?: () => Agent;
  /** Whether it keeps the request's limits. */
  readonly keepsTime: boolean;
  /** How long a call may take to end that was stopped, in milliseconds. Default 8,000. */
  readonly patienceMs?: number;
}

/** Adds the tests of one part of the contract. */
export type Cases = (subject: AgentSubject, test: TestApi["test"]) => void;
