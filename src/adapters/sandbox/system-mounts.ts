import { existsSync, lstatSync, readlinkSync } from "node:fs";
import type { Mount } from "./bubblewrap-arguments.ts";
import { isWithin } from "./within.ts";

/** In memory: what is written there counts for the machine's memory, and is gone with the sandbox. */
export const FRESH_BYTES = 2 ** 30;
const SHARED_BYTES = 2 ** 28;

/** Either folders of the system or, on today's distributions, links into /usr. */
const ROOT_FOLDERS = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/** Where whole systems keep programs and libraries besides /usr; nobody keeps data there. */
const OTHER_SYSTEMS = ["/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew"];

/** Of /etc only what programs need to start: how libraries are found, certificates without their keys, the time zone. */
const SETTINGS = [
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/pki/ca-trust",
  "/etc/pki/tls/certs",
  "/etc/ssl/certs",
  "/etc/ssl/openssl.cnf",
  "/etc/timezone",
];

/**
 * Settings of the running kernel: who runs Wavegate as root owns these files, and no capability is asked for to write
 * them. `/proc/sys/kernel/core_pattern` would start a program outside.
 */
const KERNEL_SETTINGS = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"];

/** What every sandbox shows of the system: programs and libraries for reading, fresh folders for what is temporary, its own processes. */
export const systemMounts = (): readonly Mount[] => [
  { kind: "read", at: "/usr" },
  ...ROOT_FOLDERS.flatMap(rootFolder),
  ...[...OTHER_SYSTEMS, ...SETTINGS].map((at): Mount => ({ kind: "read-if-there", at })),
  { kind: "processes", at: "/proc" },
  ...KERNEL_SETTINGS.filter((at) => existsSync(at)).map((at): Mount => ({ kind: "read", at })),
  { kind: "devices", at: "/dev" },
  { kind: "fresh", at: "/dev/shm", bytes: SHARED_BYTES },
  { kind: "seal", at: "/dev" },
  { kind: "fresh", at: "/tmp", bytes: FRESH_BYTES },
  // No link to /tmp: bubblewrap makes no folders behind one, and projects lie here, too.
  { kind: "fresh", at: "/var/tmp", bytes: FRESH_BYTES },
];

/** Whether every sandbox shows a path already. */
export const isOfSystem = (file: string): boolean =>
  ["/usr", ...ROOT_FOLDERS, ...OTHER_SYSTEMS, ...SETTINGS].some((each) => isWithin(file, each));

function rootFolder(at: string): readonly Mount[] {
  const found = lstatSync(at, { throwIfNoEntry: false });
  if (found === undefined) return [];
  return found.isSymbolicLink()
    ? [{ kind: "link", at, to: readlinkSync(at) }]
    : [{ kind: "read", at }];
}
