/** One thing that is shown inside, at a path. */
export type Mount =
  | { readonly kind: "read" | "write"; readonly at: string; readonly from?: string }
  /** As `read`, where it may not be there. */
  | { readonly kind: "read-if-there"; readonly at: string }
  | { readonly kind: "link"; readonly at: string; readonly to: string }
  /** An empty folder in memory, of so many bytes at most. */
  | { readonly kind: "fresh"; readonly at: string; readonly bytes: number }
  | { readonly kind: "processes" | "devices"; readonly at: string }
  /** No more changes in what was made for the sandbox at this path. */
  | { readonly kind: "seal"; readonly at: string };

export interface Enclosure {
  /** In order: what comes later lies over what came before. */
  readonly mounts: readonly Mount[];
  readonly cwd: string;
  /** Program and arguments. */
  readonly start: readonly string[];
}

/** Numbers of who nobody is: files of anybody else look as if they were nobody's, too. */
const NOBODY = "65534";

/**
 * What holds, whatever is shown (RELIABILITY R1): own user, process, network, IPC, host-name and cgroup namespaces, no capability, no
 * further user namespace, a session of its own, and death with whoever started it. The environment is not given here, where
 * other users could read it: bubblewrap is started with it and passes it on.
 */
const HOLDING: readonly string[] = [
  "--unshare-all",
  "--unshare-user",
  "--uid",
  NOBODY,
  "--gid",
  NOBODY,
  "--hostname",
  "sandbox",
  "--cap-drop",
  "ALL",
  "--disable-userns",
  "--die-with-parent",
  "--new-session",
];

/** The command line of bubblewrap, without its own name. */
export const bubblewrapArguments = ({ mounts, cwd, start }: Enclosure): readonly string[] => [
  ...HOLDING,
  ...mounts.flatMap(mountArguments),
  // The root itself was made for the sandbox, in memory.
  "--remount-ro",
  "/",
  "--chdir",
  cwd,
  "--",
  ...start,
];

function mountArguments(mount: Mount): readonly string[] {
  const { at } = mount;
  switch (mount.kind) {
    case "read":
      return ["--ro-bind", mount.from ?? at, at];
    case "write":
      return ["--bind", mount.from ?? at, at];
    case "read-if-there":
      return ["--ro-bind-try", at, at];
    case "link":
      return ["--symlink", mount.to, at];
    case "fresh":
      return ["--perms", "0700", "--size", String(mount.bytes), "--tmpfs", at];
    case "processes":
      return ["--proc", at];
    case "devices":
      return ["--dev", at];
    case "seal":
      return ["--remount-ro", at];
  }
}
