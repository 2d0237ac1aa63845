/**
 * A network namespace without routes, for one program and all that it starts: only loopback is up, names are asked of
 * 127.0.0.1, and an empty folder is bound to /mnt, which serves as the place for homes (Codex takes none under /tmp).
 */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];

/**
 * Root stays root, so that PostgreSQL can be run as somebody else. Others are root only while the namespace is made: then
 * they are themselves again, in a namespace of users within it, and may listen on port 53 all the same.
 */
const [UNSHARE, BECOME] =
  uid === 0
    ? [["unshare", "-nm"], ['exec "$@"']]
    : [
        ["unshare", "-rnm"],
        [
          "echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start",
          `exec unshare -U --map-user=${uid} --map-group=${gid} "$@"`,
        ],
      ];

const SETUP = [
  "ip link set lo up",
  'mount --bind "$1" /mnt',
  'mount --bind "$2" /etc/resolv.conf',
  "shift 2",
  ...BECOME,
].join(" && ");

/** Why there can be none here; undefined where there can. */
export function namespaceProblem(homes) {
  if (process.platform !== "linux") return "network namespaces are Linux's";
  const tried = inside(homes, ["true"]);
  const { status, stderr, error } = spawnSync(tried[0], tried.slice(1), { encoding: "utf8" });
  if (error) return `${tried[0]}: ${error.code}`;
  return status === 0
    ? undefined
    : stderr.trim().split("\n").at(-1) || `unshare ended with ${status}`;
}

/** The command line that runs another one inside. */
function inside(homes, command) {
  const resolver = path.join(homes, ".resolv.conf");
  writeFileSync(resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
  return [...UNSHARE, "sh", "-c", SETUP, "sh", homes, resolver, ...command];
}

/** Runs it to its end, with nothing of the environment but what is given. Gives its exit code. */
export function runInside(homes, command, env) {
  const [program, ...args] = inside(homes, command);
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
