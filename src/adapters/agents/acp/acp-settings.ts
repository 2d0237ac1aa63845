import type { Sandbox } from "../../../ports/sandbox.ts";
import type { ResolvedAcpDefinition } from "../../../stage/agents/acp/definition.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import type { Pool } from "./pool.ts";

/** What holds for all attempts of one agent. */
export interface AcpSettings {
  readonly definition: ResolvedAcpDefinition;
  /** The allowed variables, without those of the attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** The project, where relative paths of its definition lead to although it works in a clone. */
  readonly cwd: string;
  readonly outerTags: string | undefined;
  /** Between SIGTERM and SIGKILL, and how long a canceled session may take to end, in milliseconds. */
  readonly graceMs: number;
  readonly makeFilter: MakeFilter | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pool: Pool;
  /** Where the program runs. */
  readonly sandbox: Sandbox | undefined;
}
