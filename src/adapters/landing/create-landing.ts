import path from "node:path";
import type { Landing } from "../../ports/landing.ts";
import { digestOf } from "../shared/digest.ts";
import { findRepository, type UserRepository } from "../shared/git/locate-repository.ts";
import { advance } from "./advance.ts";
import { begin } from "./begin.ts";
import { orFailure, orRefusal } from "./failure.ts";
import { gather } from "./gather.ts";
import { keepPoint } from "./keep-point.ts";
import { landOnto } from "./land-onto.ts";

export interface LandingOptions {
  /** Folder of the project, in the user's repository. */
  readonly project: string;
  /** Absolute; outside of every repository. Made if missing. */
  readonly root: string;
}

/** Landing in the user's repository on this machine, by git's plumbing (PX-07). Nothing is touched before the first call. */
export function createLanding({ project, root }: LandingOptions): Landing {
  let known: Promise<UserRepository> | undefined;
  const repository = (): Promise<UserRepository> => {
    known ??= findRepository(project).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    begin: (request) => orRefusal(async () => begin(await repository(), request)),
    gather: (request, signal) =>
      orFailure(async () => {
        const on = await repository();
        const bench = path.join(root, digestOf(on.commonDir).slice(0, 16), "landing");
        return gather(on, bench, request, signal);
      }),
    advance: (request) => orFailure(async () => advance(await repository(), request)),
    keepPoint: (request) => orFailure(async () => keepPoint(await repository(), request)),
    landOnto: (request) => orRefusal(async () => landOnto(await repository(), request)),
  };
}
