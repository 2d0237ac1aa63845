import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inject } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");

export const SPEC = `# Feature Specification: Pocket money

## User Scenarios & Testing

### User Story 1 - Pay pocket money (Priority: P1)

A parent pays each week, so that nobody forgets.

**Acceptance Scenarios**:

1. **Given** a child, **When** Sunday comes, **Then** the balance grows by 5 euros

## Requirements

- **FR-001**: System MUST add 5 euros to each child's balance every Sunday
- **FR-002**: System MUST show the balance to the child within 2 seconds

## Success Criteria

- **SC-001**: 100 % of payments arrive on Sunday
`;

export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Outcome>;
  /** Resolves when what was printed on standard error so far holds the text. */
  saw(text: string): Promise<void>;
  /** The same of standard output. */
  heard(text: string): Promise<void>;
}

/** Who has no rights but its own; root may write anywhere. */
const NOBODY = 65_534;

/** Whether tests run as root, and an ordinary user could run the program from here. */
export function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const reading = spawnSync("test", ["-r", path.join(ROOT, "node_modules")], { uid: NOBODY });
  return reading.status === 0;
}

/**
 * The built program (`built-program.ts`), one database and one project for the tests of a file. With `ordinary`, root
 * runs it as an ordinary user, to whom all the files belong.
 */
export function createCliHarness({ ordinary = false } = {}) {
  const owner = ordinary && canBeNobody() ? { uid: NOBODY, gid: NOBODY } : {};
  const own = (target: string) => {
    if ("uid" in owner) chownSync(target, NOBODY, NOBODY);
    return target;
  };
  const built = inject("builtProgram");
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-cli-")));
  chmodSync(folder, 0o755);
  const project = path.join(folder, "project");
  const home = path.join(folder, "home");
  mkdirSync(path.join(project, ".specify"), { recursive: true });
  mkdirSync(home);
  for (const each of [folder, project, home]) own(each);
  const writeIn = (root: string, file: string, content: string | Uint8Array) => {
    const target = path.join(root, file);
    const made = mkdirSync(path.dirname(target), { recursive: true });
    if (made)
      for (let each = path.dirname(target); each.length >= made.length; each = path.dirname(each))
        own(each);
    writeFileSync(target, content);
    own(target);
    return file;
  };
  const write = (file: string, content: string | Uint8Array) => writeIn(project, file, content);

  function start(
    args: readonly string[],
    options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Running {
    const { PATH, HOME, WAVEGATE_DATABASE_URL: url } = process.env;
    const child = spawn(process.execPath, [path.join(built, "dist/cli/main.js"), ...args], {
      cwd: options.cwd ?? project,
      env: {
        PATH,
        HOME,
        LANG: "C.UTF-8",
        WAVEGATE_HOME: home,
        ...(url === undefined ? {} : { WAVEGATE_DATABASE_URL: url }),
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      ...owner,
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
    const done = new Promise<Outcome>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, ...text }));
    });
    const waitFor = (stream: "stdout" | "stderr") => (wanted: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => text[stream].includes(wanted) && resolve();
        child[stream].on("data", look);
        child.on("close", () => reject(new Error(`ended without "${wanted}": ${text.stderr}`)));
        look();
      });
    return { child, done, saw: waitFor("stderr"), heard: waitFor("stdout") };
  }

  const run = (...args: Parameters<typeof start>): Promise<Outcome> => start(...args).done;
  const close = async () => {
    await run(["db", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { built, project, folder, home, own, write, writeIn, start, run, close };
}

/** The last line of JSON on standard output. */
export const lastJson = ({ stdout }: Outcome): unknown =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");

/** The run and digest of a gate as printed. */
export function gateIn({ stdout }: Outcome): { readonly run: string; readonly digest: string } {
  const [, run, digest] = /wavegate approve (\S+) --digest ([0-9a-f]+)/.exec(stdout) ?? [];
  if (run === undefined || digest === undefined) throw new Error(`no gate in: ${stdout}`);
  return { run, digest };
}
