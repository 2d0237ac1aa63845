/** Sandboxes for tests: bubblewrap as it is on this machine, and agents of the kind command in them. */
import path from "node:path";
import { probeBubblewrap } from "../../src/adapters/sandbox/bubblewrap.ts";
import { createSandbox, type SandboxOptions } from "../../src/adapters/sandbox/create-sandbox.ts";
import { findOnPath } from "../../src/bootstrap/find-program.ts";
import {
  sandboxFor,
  type SandboxOptions as Wishes,
} from "../../src/stage/sandbox/sandbox-settings.ts";

export const bubblewrapHere = process.env["WAVEGATE_BWRAP"] ?? findOnPath("bwrap", process.env);
const probe = probeBubblewrap(bubblewrapHere, process.platform);

/** Why no sandbox can be made here; undefined where one can. */
export const noSandbox = await probe.then((found) => (found.ok ? undefined : found.error.reason));

/** The sandbox of an agent whose project is `folder/project`. */
export const sandboxIn = (
  folder: string,
  wishes: Wishes = {},
  change: Partial<SandboxOptions> = {},
) =>
  createSandbox({
    settings: sandboxFor(wishes),
    preset: undefined,
    env: { ...process.env, HOME: path.join(folder, "home") },
    project: path.join(folder, "project"),
    stateFolder: path.join(folder, "project", ".wavegate"),
    bubblewrap: () => probe,
    ...change,
  });
