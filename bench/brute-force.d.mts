import type { ProblemParts } from "../src/schedule/solver/problem.ts";

export declare function shortestMakespan(parts: ProblemParts, most: number): number | undefined;
