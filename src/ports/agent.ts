import type { Usage } from "../core/event.ts";
import type { Resources } from "../core/resources.ts";
import type { Json } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import type { ContractName } from "../stage/contracts.ts";
import type { FailureKind } from "../stage/failures.ts";
import type { ApartPrompt } from "../stage/prompts.ts";
import type { TaskKind } from "../stage/task-kind.ts";
import type { SandboxState } from "./sandbox.ts";

export interface AgentLimits {
  /** The whole answer must be there by then; the process tree is killed when it is not. */
  readonly timeoutMs: number;
  /** Longest silence before the agent counts as stalled. */
  readonly stallMs: number;
  /** Most bytes of raw output; past it the agent is killed and the attempt failed. */
  readonly maxOutputBytes: number;
  /** Most memory that the processes of the attempt may hold together, where the adapter can see it. Default: no limit. */
  readonly maxMemoryBytes?: number;
  /** The most that the call may cost, in US dollars, for agents that can be told. Default: no limit. */
  readonly maxCostUsd?: number;
}

/** The clone that an agent works in for a task of a plan (PX-06). Requests without it are for reading the project. */
export interface AgentWork {
  /** Absolute, real path of the clone: what the agent may change. The request's `cwd` is this folder or lies in it. */
  readonly folder: string;
  /** It only looks at what is in the clone: as it reads a project, and what it answers may not be missing. */
  readonly readOnly?: boolean;
  /** Folders elsewhere that its programs must be able to read: the user's objects, which git in the clone needs. */
  readonly readable: readonly string[];
  /** Variables of this clone for its programs, such as its ports. They win over those of the agent's definition. */
  readonly env: Readonly<Record<string, string>>;
}

/** One thing an agent is asked to do, and all it may know. */
export interface AgentRequest {
  readonly runId: string;
  readonly stage: string;
  readonly role: string;
  readonly task: TaskKind | "work";
  /** Name of the contract that the answer must match; `schema` is that contract. */
  readonly contract: ContractName;
  /** The whole request as text, for agents that read text: instructions, inputs as delimited data, answer format. */
  readonly prompt: string;
  /** The same in two parts, for models that cache what comes first. Default: only as a whole. */
  readonly apart?: ApartPrompt;
  /** The same inputs by name, for agents that compute: `spec.md`, `analyses/requirements.json`, `review.json`, … */
  readonly inputs: Readonly<Record<string, string>>;
  /** JSON Schema the answer must match. */
  readonly schema: Json;
  /** Folder the agent runs in: the user's project, for reading; with `work` the project's folder in the clone. */
  readonly cwd: string;
  /** A task is to be carried out in a clone: files change there, and what the agent answers is a report that may be missing. */
  readonly work?: AgentWork;
  /** Existing folder for the raw output of this attempt; the adapter writes its files there, and nowhere else. */
  readonly outputFolder: string;
  readonly limits: AgentLimits;
  readonly signal: AbortSignal;
  /** Called with the last line the agent said, as it says it. */
  readonly onLine: (line: string) => void;
}

export interface AgentAnswer {
  /** The JSON value found in the answer; not yet checked against the schema. Null where one asked to work gave none. */
  readonly value: Json;
  /** Of one asked to work: what it said last, in its own words, at most 64 KiB. Untrusted; secrets may stand in it. */
  readonly said?: string;
  readonly usage: Usage;
  /** Size of the raw output. */
  readonly outputBytes: number;
  /** What its processes took of the machine. Default: not known. */
  readonly resources?: Resources;
}

/** Why an attempt gave no answer. Kinds are what callers react to; the message is for people. */
export interface AgentFailure {
  readonly kind: FailureKind;
  readonly message: string;
  /** What the provider asked for (Retry-After), or when a used-up plan begins anew, in milliseconds from now. */
  readonly retryAfterMs?: number;
  readonly usage: Usage;
  readonly outputBytes: number;
  readonly resources?: Resources;
  /** Somebody else ended its program by a signal: that it said nothing, or came to nothing, tells nothing of it. */
  readonly killed?: true;
}

export type AgentOutcome = Result<AgentAnswer, AgentFailure>;

/** Whether files are to be changed. */
export const isToWrite = ({ work }: Pick<AgentRequest, "work">): boolean =>
  work !== undefined && work.readOnly !== true;

/** What an agent is, for `wavegate agents` and for the cache of its answers. */
export interface AgentDescription {
  readonly name: string;
  /** For people: `builtin`, `command`, or what another adapter calls itself. */
  readonly kind: string;
  readonly summary: string;
  readonly availability:
    | { readonly available: true; readonly version: string }
    | { readonly available: false; readonly reason: string; readonly hint: string };
  /**
   * What else makes its answers different, by name: short texts, or SHA-256 digests of longer ones, never secrets. An
   * earlier answer is taken only if all of it is the same. Null: its answers are never taken again.
   */
  readonly identity?: Readonly<Record<string, string>> | null;
  /** Where its programs run; absent of agents that have none, or no choice. */
  readonly sandbox?: SandboxState;
  /** `inputs`: its answer depends on the request alone. Default: it may read files of the project, too. */
  readonly worksFrom?: "inputs" | "project";
}

/** What came of starting an agent and greeting it, without asking it anything. */
export type AgentGreeting =
  | {
      readonly greeted: true;
      /** From its start to its answer, in milliseconds. */
      readonly tookMs: number;
      /** What it calls itself, with its version, where it says so. */
      readonly calls: string | null;
      readonly protocol: string;
      /** What it says it can do, in words. */
      readonly can: readonly string[];
      /** Ids of the ways to log in that it offers. */
      readonly logins: readonly string[];
    }
  | { readonly greeted: false; readonly reason: string };

/**
 * Runs a request to its end. Adapters translate one runtime each and hold no policy: no retries, no validation of the
 * answer. `run` never throws for what an agent does; it resolves only when no process of the attempt is alive.
 */
export interface Agent {
  readonly name: string;
  /**
   * Whose limits its calls count against, such as `anthropic`: agents that name the same one slow down together when it
   * says that it has too much to do. Default: nobody's, as of agents that ask no model.
   */
  readonly provider?: string;
  /** Whether it can work in a clone (`AgentRequest.work`): it sees files, and can change them. Default: it can. */
  readonly writes?: boolean;
  run(request: AgentRequest): Promise<AgentOutcome>;
  describe(): Promise<AgentDescription>;
  /** Start it, ask what it can do, and end it, within so many milliseconds. No model is asked. Default: it can't be greeted. */
  greet?(withinMs: number): Promise<AgentGreeting>;
  /** End what it keeps running between calls. No call is under way then, nor made after it. Default: it keeps nothing. */
  close?(): Promise<void>;
}

/** Agents by the name that roles use. */
export type Agents = ReadonlyMap<string, Agent>;
