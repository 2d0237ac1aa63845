import path from "node:path";
import type { Landing } from "../../ports/landing.ts";
import { digestOf } from "../shared/digest.ts";
import { findRepository, type UserRepository } from "../shared/git/locate-repository.ts";
import { gitOutput } from "../shared/git/run-git.ts";
import { advance } from "./advance.ts";
import { begin, targetOf } from "./begin.ts";
import { orFailure, orRefusal } from "./failure.ts";
import { gather, type Plumbing } from "./gather.ts";
import { LandedFacts } from "./landed-facts.ts";
import { keepPoint } from "./keep-point.ts";
import { landOnto } from "./land-onto.ts";
import { restore } from "./restore.ts";
import { uncommitted } from "./uncommitted.ts";

export interface LandingOptions {
  /** Folder of the project, in the user's repository. */
  readonly project: string;
  /** Absolute; outside of every repository. Made if missing. */
  readonly root: string;
  /** Default: what the installed git can do. */
  readonly plumbing?: Plumbing;
}

interface Known {
  readonly repository: UserRepository;
  readonly plumbing: Plumbing;
}

/** Landing in the user's repository on this machine, by git's plumbing (PX-07). Nothing is touched before the first call. */
export function createLanding(options: LandingOptions): Landing {
  const { root } = options;
  const folders = [root, options.project];
  const facts = new LandedFacts();
  let known: Promise<Known> | undefined;
  const open = (): Promise<Known> => {
    known ??= lookAt(options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const repository = async (): Promise<UserRepository> => (await open()).repository;
  return {
    begin: (request) => orRefusal(folders, async () => begin(await repository(), request)),
    mayFollow: (request) =>
      orRefusal(folders, async () => ({
        at: (await targetOf(await repository(), request)).at ?? null,
      })),
    restore: (standing) => orFailure(folders, async () => restore(await repository(), standing)),
    gather: (request, signal) =>
      orFailure(folders, async () => {
        const on = await open();
        const folder = digestOf(on.repository.commonDir).slice(0, 16);
        return gather({ ...on, facts, root: path.join(root, folder, "landing") }, request, signal);
      }),
    advance: (request) =>
      orFailure(folders, async () => advance(await repository(), request, facts)),
    keepPoint: (request) => orFailure(folders, async () => keepPoint(await repository(), request)),
    landOnto: (request) => orRefusal(folders, async () => landOnto(await repository(), request)),
    uncommitted: async (paths) => uncommitted(await repository(), paths),
  };
}

/** `git merge-tree --write-tree` came with git 2.38. */
async function lookAt({ project, plumbing }: LandingOptions): Promise<Known> {
  const repository = await findRepository(project);
  if (plumbing) return { repository, plumbing };
  const said = await gitOutput({ gitDir: repository.commonDir, args: ["version"] });
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(said) ?? [];
  const canMergeTrees = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 38);
  return { repository, plumbing: canMergeTrees ? "trees" : "index" };
}
