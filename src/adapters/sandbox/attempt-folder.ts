import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Json } from "../../core/json.ts";
import { onDisk } from "../shared/disk-error.ts";

const PREFIX = "wavegate-sandbox-";
/** The address of a socket holds 107 bytes at most. */
const LONGEST = 60;

/** What one sandbox needs outside: files of the system that are made up for it, and the sockets of its endpoints. */
export interface AttemptFolder {
  /** Path inside → path outside. */
  readonly shown: ReadonlyMap<string, string>;
  /** An empty file, outside. */
  readonly empty: string;
  /** Outside. */
  readonly socket: (index: number) => string;
  readonly remove: () => Promise<void>;
}

/** Where sockets are found inside. */
const SOCKETS = "/run/wavegate";
export const socketInside = (index: number): string => `${SOCKETS}/${index}.sock`;

/** A folder that only this user can read, outside of everything that is shown inside. Errors of the disk come out as `WavegateError`. */
export async function makeAttemptFolder(
  home: string,
  atHome: Readonly<Record<string, Json>>,
): Promise<AttemptFolder> {
  const base = os.tmpdir().length <= LONGEST ? os.tmpdir() : "/tmp";
  await sweptOnce(base);
  return onDisk(base, undefined, async () => {
    const folder = await mkdtemp(path.join(base, `${PREFIX}${process.pid}-`));
    await mkdir(path.join(folder, "sockets"), { mode: 0o700 });
    const shown = new Map([[SOCKETS, path.join(folder, "sockets")]]);
    for (const [name, text] of Object.entries(filesOfSystem(home))) {
      await writeFile(path.join(folder, name), text, { mode: 0o600 });
      shown.set(`/etc/${name}`, path.join(folder, name));
    }
    for (const [index, [file, content]] of Object.entries(atHome).entries()) {
      const from = path.join(folder, `home-${index}`);
      await writeFile(from, JSON.stringify(content), { mode: 0o600 });
      shown.set(path.join(home, file), from);
    }
    const empty = path.join(folder, "empty");
    await writeFile(empty, "", { mode: 0o400 });
    return {
      shown,
      empty,
      socket: (index) => path.join(folder, "sockets", `${index}.sock`),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  });
}

/** Who the program runs as, for those that look it up, and how it finds its own machine. */
const filesOfSystem = (home: string): Readonly<Record<string, string>> => ({
  passwd: `agent:x:65534:65534:agent:${home.replaceAll(/[:\n]/g, "_")}:/bin/sh\n`,
  group: "agent:x:65534:\n",
  hosts: "127.0.0.1 localhost sandbox\n::1 localhost\n",
  "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
});

let swept: Promise<void> | undefined;

/** Remove what processes left that were killed; they can't do it themselves. */
const sweptOnce = (base: string): Promise<void> => (swept ??= sweep(base).catch(() => undefined));

async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(path.join(base, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
