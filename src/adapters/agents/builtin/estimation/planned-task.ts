import type { Estimate } from "../../../../stage/contracts/shared.ts";
import type { Domain } from "../analysis/domain.ts";
import type { Link } from "../analysis/links.ts";
import type { Surroundings } from "../analysis/surroundings.ts";

export interface Task {
  readonly id: string;
  readonly title: string;
  readonly requirements: string[];
  readonly depends_on: string[];
  readonly effort_days: Estimate;
  /** Functional size; 0 for enabling and verifying work. */
  readonly size_cfp: number;
}

export interface PhaseWithTasks {
  readonly key: string;
  readonly name: string;
  readonly goal: string;
  readonly story: string | undefined;
  readonly deliverables: string[];
  readonly tasks: readonly Task[];
}

/** What tasks are planned from. */
export interface Context {
  readonly around: Surroundings;
  readonly domain: Domain;
  readonly links: readonly Link[];
}

export const taskId = (number: number): string => `T${String(number).padStart(3, "0")}`;
