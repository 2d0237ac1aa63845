import type { Diagnostic } from "../core/diagnostic.ts";
import { WavegateError } from "../core/error.ts";
import type { StageRequirement, StageSpec } from "../stage/stage-spec.ts";
import { sameButBoxes } from "../plan/edits/same-but-boxes.ts";
import { approvalsOf, type Approval } from "./approvals.ts";
import type { CheckReport } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { gateIn } from "./run-view.ts";

/** A document that a stage requires, as it is now. */
interface Found {
  /** Relative to the project. */
  readonly path: string;
  readonly digest: string;
  readonly content: string;
}

interface Requirements {
  /** Why the stage cannot be run now: every document that is missing, not approved, or changed since. */
  readonly problems: readonly Diagnostic[];
  readonly found: readonly Found[];
}

/** The documents that a stage requires (S1 §10.1, PR-02), compared with what was approved. */
export async function requirementsOf(
  ports: Pick<AppPorts, "files" | "engine" | "artifacts">,
  stage: StageSpec,
  report: CheckReport,
): Promise<Requirements> {
  if (stage.requires.length === 0) return { problems: [], found: [] };
  const folder = report.file.slice(0, Math.max(0, report.file.lastIndexOf("/")));
  const approvals = await approvalsOf(ports, report.file);
  const undecided = await undecidedIn(ports, report.file);
  const given = { folder, approvals, undecided, specDigest: report.digest };
  const lookFor = (some: readonly StageRequirement[]) =>
    Promise.all(some.map((requirement) => requirementOf(ports, requirement, given)));
  const there = await lookFor(stage.requires.filter(({ holds }) => holds === undefined));
  // what a file must hold is worth saying once the file is the right one
  const holding = there.some(({ problems }) => problems.length > 0)
    ? []
    : await lookFor(stage.requires.filter(({ holds }) => holds !== undefined));
  const each = [...there, ...holding];
  return {
    problems: each.flatMap(({ problems }) => problems),
    found: each.flatMap(({ found }) => found),
  };
}

/** `- [ ] 1.1 …`: something to do that can be ticked. */
const BOX = /^\s{0,12}[-*+] \[[ xX]\]\s+\S/m;

type Given = {
  readonly folder: string;
  readonly approvals: readonly Approval[];
  /** Runs about the specification that wait for a decision, by stage. */
  readonly undecided: ReadonlyMap<string, string>;
  readonly specDigest: string;
};

type FoundFile = Requirements["found"][number];

async function requirementOf(
  ports: Pick<AppPorts, "files" | "artifacts">,
  requirement: StageRequirement,
  given: Given,
): Promise<Requirements> {
  const { name, or, approvedBy, holds } = requirement;
  const waiting = approvedBy === null ? undefined : given.undecided.get(approvedBy);
  const hint = waiting
    ? `Run ${waiting} waits for your decision on it: wavegate show ${waiting}`
    : requirement.hint;
  const pathOf = (file: string) => (given.folder === "" ? file : `${given.folder}/${file}`);
  const problem = (code: string, message: string): Requirements => ({
    problems: [{ code, severity: "error", message, place: { file: pathOf(name) }, hint }],
    found: [],
  });
  const read = await Promise.all(
    [name, ...or].map(async (file) => {
      const path = pathOf(file);
      const there = await ports.files.read(path);
      return there ? [{ ...there, path }] : [];
    }),
  );
  const first = read.flat().find(({ content }) => holds === undefined || BOX.test(content));
  if (!first) {
    const others = or.length === 0 ? "" : `, and so is ${or.join(" and ")}`;
    return holds === undefined
      ? problem("INPUT_MISSING", `${name} is missing next to the specification${others}.`)
      : problem("INPUT_MISSING", `No task is there: none of ${[name, ...or].join(", ")} has one.`);
  }
  const why =
    approvedBy === null
      ? undefined
      : await whyNotApproved(
          ports.artifacts,
          { name, path: pathOf(name), approvedBy, first },
          given,
        );
  return why ? problem(why.code, why.message) : { problems: [], found: [first] };
}

async function undecidedIn(
  { engine }: Pick<AppPorts, "engine">,
  subject: string,
): Promise<ReadonlyMap<string, string>> {
  const runs = await (await engine()).runs({ status: "waiting" });
  return new Map(
    runs
      .filter((run) => run.subject === subject)
      .flatMap((run) => {
        const gate = gateIn(run);
        return gate ? [[gate.stage, run.runId]] : [];
      }),
  );
}

/** Why a file is not the one that was approved for this very specification; undefined if it is. */
async function whyNotApproved(
  artifacts: AppPorts["artifacts"],
  file: {
    readonly name: string;
    readonly path: string;
    readonly approvedBy: string;
    readonly first: FoundFile;
  },
  given: Given,
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  const { name, path, approvedBy, first } = file;
  const approval = given.approvals.find(
    ({ stage, target }) => stage === approvedBy && target === path,
  );
  if (!approval)
    return {
      code: "INPUT_NOT_APPROVED",
      message: `${name} was not approved at the gate of ${approvedBy}.`,
    };
  if (!(await isApproved(artifacts, approval, first)))
    return {
      code: "INPUT_CHANGED",
      message: `${name} changed after it was approved in run ${approval.runId}.`,
    };
  if (approval.subjectDigest !== given.specDigest)
    return {
      code: "INPUT_OUTDATED",
      message: `The specification changed after ${name} was made from it and approved in run ${approval.runId}: the stages from ${approvedBy} on have to run again.`,
    };
  return undefined;
}

/** Whether the file is what was approved; who works by it may tick its tasks off. */
async function isApproved(
  artifacts: AppPorts["artifacts"],
  { digest }: Approval,
  file: Found,
): Promise<boolean> {
  if (file.digest === digest) return true;
  const approved = await artifacts.get(digest);
  return approved.ok && sameButBoxes(file.content, approved.value);
}

/** The error that names all of them. */
export function inputsUnmet(stage: StageSpec, problems: readonly Diagnostic[]): WavegateError {
  const [first] = problems;
  return new WavegateError(
    "STAGE_INPUTS_UNMET",
    `${stage.title} cannot start: ${problems.map(({ message }) => message).join(" ")}`,
    {
      hint: first?.hint ?? "Run the stage before it.",
      diagnostics: problems,
      ...(first && { place: first.place }),
    },
  );
}
