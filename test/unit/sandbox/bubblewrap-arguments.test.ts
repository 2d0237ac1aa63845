/** The command line that makes a sandbox (R1): what must hold is on it whatever is shown, and nothing a path says can change it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bubblewrapArguments,
  type Mount,
} from "../../../src/adapters/sandbox/bubblewrap-arguments.ts";
import { systemMounts } from "../../../src/adapters/sandbox/system-mounts.ts";

test("a program is started with all that holds it, and the environment is not on the command line", () => {
  expect(
    bubblewrapArguments({
      mounts: [
        { kind: "read", at: "/usr" },
        { kind: "read", at: "/etc/passwd", from: "/tmp/x" },
        { kind: "write", at: "/work" },
        { kind: "fresh", at: "/tmp", bytes: 7 },
        { kind: "link", at: "/bin", to: "usr/bin" },
        { kind: "processes", at: "/proc" },
        { kind: "devices", at: "/dev" },
        { kind: "seal", at: "/dev" },
      ],
      cwd: "/project",
      start: ["/usr/bin/agent", "--flag"],
    }).join(" "),
  ).toBe(
    "--unshare-all --unshare-user --uid 65534 --gid 65534 --hostname sandbox --cap-drop ALL --disable-userns --die-with-parent --new-session " +
      "--ro-bind /usr /usr --ro-bind /tmp/x /etc/passwd --bind /work /work --perms 0700 --size 7 --tmpfs /tmp --symlink usr/bin /bin " +
      "--proc /proc --dev /dev --remount-ro /dev --remount-ro / --chdir /project -- /usr/bin/agent --flag",
  );
});

test("no path and no argument becomes an option: each stands where a value is read, the program after --", () => {
  const word = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom("--share-net", "--bind", "/", "--", "--cap-add", "-"),
  );
  const mount: fc.Arbitrary<Mount> = fc.oneof(
    fc.record({ kind: fc.constantFrom("read", "write"), at: word }),
    fc.record({ kind: fc.constant("link"), at: word, to: word }),
    fc.record({ kind: fc.constant("fresh"), at: word, bytes: fc.nat() }),
  );
  const takes = new Map([
    ...["--unshare-all", "--unshare-user", "--disable-userns"].map((each) => [each, 0] as const),
    ...["--die-with-parent", "--new-session"].map((each) => [each, 0] as const),
    ...["--ro-bind", "--bind", "--symlink"].map((each) => [each, 2] as const),
    ...["--uid", "--gid", "--hostname", "--cap-drop", "--perms", "--size"].map(
      (each) => [each, 1] as const,
    ),
    ...["--tmpfs", "--remount-ro", "--chdir"].map((each) => [each, 1] as const),
  ]);
  fc.assert(
    fc.property(fc.array(mount), word, fc.array(word, { minLength: 1 }), (mounts, cwd, start) => {
      const args = bubblewrapArguments({ mounts, cwd, start });
      let at = 0;
      while (args[at] !== "--") {
        const values = takes.get(args[at] ?? "");
        expect(values).toBeDefined();
        at += 1 + (values ?? 0);
      }
      expect(args.slice(at + 1)).toEqual(start);
    }),
  );
});

test("of the system nothing is shown for writing, and settings of the kernel lie over /proc", () => {
  const mounts = systemMounts();
  expect(mounts.filter(({ kind }) => kind === "write")).toEqual([]);
  const [processes, settings] = ["/proc", "/proc/sys"].map((path) =>
    mounts.findIndex(({ at }) => at === path),
  );
  if (process.platform === "linux") expect(settings).toBeGreaterThan(processes ?? -1);
});
