/** Coding agents from npm, at exact versions, in a cache outside the package. No install script runs. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Every program there is, as data. */
export const PROGRAMS = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "programs.json"), "utf8"),
);

/** Where they are kept: `WAVEGATE_AGENTS_CACHE`, else the user's cache folder (XDG Base Directory). */
export const cacheFolder = (env = process.env) =>
  env.WAVEGATE_AGENTS_CACHE ??
  path.join(env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "wavegate", "agents");

const folderOf = ({ name, version }, cache) => path.join(cache, `${name}-${version}`);

/** The folder with the program's command. */
const binFolder = (program, cache) => path.join(folderOf(program, cache), "node_modules", ".bin");

/** Written last: a folder without it is not whole. */
const MARK = "installed.json";

/** Installs what is not there yet. Gives why it could not, or undefined. */
export async function install(program, cache) {
  const folder = folderOf(program, cache);
  if (existsSync(path.join(folder, MARK))) return undefined;
  let fresh;
  try {
    mkdirSync(cache, { recursive: true });
    fresh = mkdtempSync(path.join(cache, `.${program.name}-`));
    writeFileSync(path.join(fresh, "package.json"), '{ "private": true }\n');
    const failed = await npmInstall(fresh, `${program.package}@${program.version}`);
    if (failed !== undefined) return failed;
    linkBinary(program, path.join(fresh, "node_modules"));
    writeFileSync(path.join(fresh, MARK), `${JSON.stringify(program)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    if (fresh !== undefined) rmSync(fresh, { recursive: true, force: true });
  }
}

/** What its install script would do: put the program of this platform in the place of a stub. */
function linkBinary({ link }, modules) {
  if (link === undefined) return;
  const from = link.from.replace("{platform}", process.platform).replace("{arch}", process.arch);
  const to = path.join(modules, link.to);
  rmSync(to, { force: true });
  linkSync(path.join(modules, from), to);
  chmodSync(to, 0o755);
}

/** `--force`: some say that they need a newer Node than they do. */
function npmInstall(cwd, spec) {
  return new Promise((resolve) => {
    const child = spawn(
      "npm",
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", "--force", spec],
      { cwd, stdio: ["ignore", "ignore", "pipe"] },
    );
    let said = "";
    child.stderr.on("data", (chunk) => (said = `${said}${chunk}`.slice(-2_000)));
    child.on("error", (error) => resolve(String(error)));
    child.on("close", (code) => {
      const last = said.split("\n").find((line) => /npm (?:error|ERR!)/.test(line));
      resolve(code === 0 ? undefined : `npm install ${spec} ended with ${code}: ${last ?? ""}`);
    });
  });
}

/** Folders of the programs of these names, for PATH. */
export const binsOf = (names, cache) =>
  PROGRAMS.filter(({ name }) => names.includes(name)).map((program) => binFolder(program, cache));
