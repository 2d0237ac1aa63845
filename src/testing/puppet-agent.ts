import type { Json } from "../core/json.ts";
import type {
  Agent,
  AgentDescription,
  AgentFailure,
  AgentOutcome,
  AgentRequest,
} from "../ports/agent.ts";

/** One call in flight, held by the test until it says how the call ends. Ending it twice changes nothing. */
export interface Invocation {
  readonly request: AgentRequest;
  /** Answer with a value. */
  finish(value: Json): void;
  /** Fail; what is left out is a crash of which nothing is known. */
  fail(failure?: Partial<AgentFailure>): void;
  /** Show a line of progress. */
  say(line: string): void;
}

const UNKNOWN = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" } as const;

const answered = (value: Json): AgentOutcome => ({
  ok: true,
  value: {
    value,
    usage: UNKNOWN,
    outputBytes: new TextEncoder().encode(JSON.stringify(value)).length,
  },
});

const failed = (failure: Partial<AgentFailure>): AgentOutcome => ({
  ok: false,
  error: {
    kind: "crashed",
    message: "the puppet failed",
    usage: UNKNOWN,
    outputBytes: 0,
    ...failure,
  },
});

const described = (name: string): AgentDescription => ({
  name,
  kind: "builtin",
  summary: "A puppet for tests",
  availability: { available: true, version: "1" },
});

/**
 * An agent the test drives by hand: no timers, no sleeps, no guessing at order. It keeps no limits; cancellation ends a
 * call at once, as the port demands.
 */
export class PuppetAgent implements Agent {
  readonly name: string;
  readonly #arrived: Invocation[] = [];
  readonly #waiting: ((invocation: Invocation) => void)[] = [];

  constructor(name = "puppet") {
    this.name = name;
  }

  run(request: AgentRequest): Promise<AgentOutcome> {
    return new Promise((resolve) => {
      const { signal } = request;
      const end = (outcome: AgentOutcome): void => {
        signal.removeEventListener("abort", cancel);
        resolve(outcome);
      };
      const cancel = (): void => end(failed({ kind: "canceled", message: "was canceled" }));
      if (signal.aborted) return cancel();
      signal.addEventListener("abort", cancel);
      this.#arrive({
        request,
        finish: (value) => end(answered(value)),
        fail: (failure = {}) => end(failed(failure)),
        say: (line) => request.onLine(line),
      });
    });
  }

  describe(): Promise<AgentDescription> {
    return Promise.resolve(described(this.name));
  }

  /** The next call, in the order calls arrived. */
  nextInvocation(): Promise<Invocation> {
    const arrived = this.#arrived.shift();
    return arrived
      ? Promise.resolve(arrived)
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Calls that arrived and nobody has asked for yet. */
  get unclaimed(): number {
    return this.#arrived.length;
  }

  #arrive(invocation: Invocation): void {
    const waiter = this.#waiting.shift();
    if (waiter) waiter(invocation);
    else this.#arrived.push(invocation);
  }
}

/** What an automatic puppet says for one role: a value, a failure, or either made from the request. */
export type ScriptedAnswer =
  | { readonly value: Json }
  | { readonly failure: Partial<AgentFailure> }
  | ((request: AgentRequest) => ScriptedAnswer | Promise<ScriptedAnswer>);

const outcomeOf = async (answer: ScriptedAnswer, request: AgentRequest): Promise<AgentOutcome> => {
  if (typeof answer === "function") return outcomeOf(await answer(request), request);
  return "value" in answer ? answered(answer.value) : failed(answer.failure);
};

/** An agent that answers at once, by role. A role without an answer crashes by name, so that a test sees what it forgot. */
export const autoPuppet = (
  answers: Readonly<Record<string, ScriptedAnswer>>,
  name = "puppet",
): Agent => ({
  name,
  async run(request) {
    if (request.signal.aborted) return failed({ kind: "canceled", message: "was canceled" });
    const answer = answers[request.role];
    return answer === undefined
      ? failed({ message: `the puppet has no answer for role ${request.role}` })
      : outcomeOf(answer, request);
  },
  describe: () => Promise.resolve(described(name)),
});
