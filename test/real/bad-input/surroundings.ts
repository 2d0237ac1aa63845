import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, statfsSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { canBeNobody, type Outcome } from "../cli-harness.ts";
import { runIn, type Project, type Row } from "./row.ts";

const isRoot = process.getuid?.() === 0;
const mayWriteAnywhere = () =>
  isRoot && !canBeNobody()
    ? "root may write anywhere, and nobody can't read this folder"
    : undefined;

/** Do something while a folder of the project may not be written. */
async function readOnly(
  { folder }: Project,
  place: string,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  const target = path.join(folder, place);
  chmodSync(target, 0o555);
  try {
    return await act();
  } finally {
    chmodSync(target, 0o755);
  }
}

async function resumes(project: Project, outcome: Outcome): Promise<void> {
  const { runId, hold } = runIn(outcome);
  expect(hold?.hint).toContain(`Then run: wavegate resume ${runId}`);
  const before = project.kept(runId);
  const resumed = await project.run(["resume", runId, "--json"]);
  expect([resumed.code, runIn(resumed).gate?.figures.partial]).toEqual([4, []]);
  const after = project.kept(runId);
  for (const role of ["requirements", "risk"])
    expect(
      after.filter((file) => file.includes(role) && file.endsWith("answer.json")),
    ).toHaveLength(1);
  expect(after).toEqual(expect.arrayContaining([...before]));
}

/** How much is left on the disk, so that a run can begin and not end. */
const LEFT = 140_000;

/** What is wrong around Wavegate: rights, space, the server. */
export const SURROUNDING_ROWS: readonly Row[] = [
  {
    name: "a project that may not be written",
    act: (project) => readOnly(project, ".", () => project.run(["plan", "specs/good", "--json"])),
    exit: 1,
    code: "PROJECT_NOT_WRITABLE",
    startsNothing: true,
    skip: mayWriteAnywhere,
  },
  {
    name: "a folder of runs that may not be written",
    async act(project) {
      await project.toGate();
      return readOnly(project, ".wavegate/runs", () =>
        project.run(["plan", "specs/good", "--refresh", "--json"]),
      );
    },
    exit: 1,
    code: "PROJECT_NOT_WRITABLE",
    says: /\.wavegate\/runs\/\S+ is not allowed/,
    then: resumes,
    skip: mayWriteAnywhere,
  },
  {
    name: "a folder of the specification that may not be written at approval",
    async act(project) {
      const { run, digest } = await project.toGate();
      return readOnly(project, "specs/good", () =>
        project.run(["approve", run, "--digest", digest, "--json"]),
      );
    },
    exit: 1,
    code: "PROJECT_NOT_WRITABLE",
    says: /specs\/good\/plan\.md is not allowed/,
    writes: true,
    async then(project, outcome) {
      expect(project.files()).not.toHaveProperty("specs/good/plan.md");
      // The approval stands; it is carried out once it can be.
      expect((await project.run(["resume", runIn(outcome).runId, "--json"])).code).toBe(0);
      expect(project.files()).toHaveProperty(["specs/good/plan.md"]);
    },
    skip: mayWriteAnywhere,
  },
  {
    name: "a full disk",
    async act(project) {
      const { folder, write, run } = project;
      const { bavail, bsize } = statfsSync(folder);
      write(".wavegate/.gitignore", "*\n");
      write("ballast", new Uint8Array(bavail * bsize - LEFT));
      const outcome = await run(["plan", "specs/good", "--json"]);
      rmSync(path.join(folder, "ballast"));
      return outcome;
    },
    exit: 1,
    code: "DISK_FULL",
    says: /^No space left to write /,
    then: resumes,
    smallDisk: true,
    skip: () => (isRoot ? undefined : "only root can make a small disk"),
  },
  {
    name: "a server that is not there; its password is not shown",
    act: ["plan", "specs/good"],
    env: { WAVEGATE_DATABASE_URL: "postgresql://ada:s3cret@127.0.0.1:9/none" },
    exit: 1,
    code: "DATABASE_UNAVAILABLE",
    then: async (_, { stdout }) => expect(stdout).not.toContain("s3cret"),
  },
];

/** Make a disk of 3 MB. False where that is not allowed. */
export const mountSmallDisk = (at: string): boolean =>
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", at]).status === 0;

export const unmount = (at: string): void => void spawnSync("umount", [at]);
