/**
 * The tests of the sandbox need bubblewrap. Where it is missing, and Debian's packages can be installed here, it is; where not, those tests
 * say that they are skipped, and why.
 */
import { spawnSync } from "node:child_process";

/** @param {string} command @param {readonly string[]} args */
const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

export function installBubblewrap() {
  const wanted = process.platform === "linux" && !works("bwrap", ["--version"]);
  if (!wanted || process.getuid?.() !== 0 || !works("apt-get", ["--version"])) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () =>
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "bubblewrap"], {
      stdio: "ignore",
      env,
    }).status === 0;
  process.stdout.write("\n▸ bubblewrap, for the tests of the sandbox\n");
  const done = install() || (works("apt-get", ["update"]) && install());
  process.stdout.write(
    done ? "  installed\n" : "  can't be installed: those tests will be skipped\n",
  );
}
