import { compareDiagnostics } from "../../core/diagnostic.ts";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { ValidationAnswer } from "../../schedule/answers/change-answers.ts";
import { correctExecutionPlan } from "../../schedule/formats/s3-plan/correct-execution-plan.ts";
import { isBenchmark, readBenchmark } from "../../schedule/formats/benchmark/read-benchmark.ts";
import { readActivities } from "../../schedule/formats/activities/read-activities.ts";
import { projectOfActivities } from "../../schedule/formats/activities/project-of-activities.ts";
import { readTeamFile } from "../../schedule/formats/team-file/read-team-file.ts";
import { hardCircles } from "../../schedule/project/compile/break-circles.ts";
import { compile } from "../../schedule/project/compile/compile.ts";
import { isActivities } from "./open-activities.ts";
import { nextHour, teamsFor } from "./open-project.ts";
import type { ValidateWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { validateInput } from "./validate-input.ts";
import { readGiven } from "./read-given.ts";

/** All that is wrong with a file: of teams, of activities, a benchmark, or a plan with its teams. Throws where it can't be read at all. */
export async function validateFile(
  ports: SchedulePorts,
  wish: ValidateWish,
): Promise<ValidationAnswer> {
  const { kind, diagnostics, file, corrections = [] } = await validated(ports, wish);
  return {
    file,
    kind,
    diagnostics: diagnostics.toSorted(compareDiagnostics),
    ok: diagnostics.every(({ severity }) => severity !== "error"),
    corrections,
  };
}

type Validated = Pick<ValidationAnswer, "kind" | "diagnostics" | "file"> &
  Partial<Pick<ValidationAnswer, "corrections">>;

async function validated(ports: SchedulePorts, wish: ValidateWish): Promise<Validated> {
  const { file: given, teams } = wish;
  if (/\.ya?ml$/i.test(given)) {
    const { path, text } = await readGiven(ports, given);
    return { kind: "teams", file: path, diagnostics: readTeamFile(text, path).problems };
  }
  if (isBenchmark(given)) {
    const { path, text } = await readGiven(ports, given);
    return { kind: "benchmark", file: path, diagnostics: readBenchmark(path, text).problems };
  }
  if (/\.json$/i.test(given)) {
    const { path, text } = await readGiven(ports, given);
    const { teamFile, problems } = readTeamFile(text, path);
    if (teamFile && !/"(?:waves|phases|tasks|nodes|activities)"/.test(text))
      return { kind: "teams", file: path, diagnostics: problems };
  }
  if (await isActivities(ports, given)) {
    const { path, text } = await readGiven(ports, given);
    const workforce = await teamsFor(ports, teams === undefined ? {} : { teams });
    const start = nextHour(ports, workforce.teams.zone);
    const made = projectOfActivities(readActivities(text, path), workforce.teams, {
      start,
      agentsDoAll: true,
    });
    const told = [...workforce.problems, ...made.problems];
    const failed = told.some(({ severity }) => severity === "error");
    const compiled = failed ? undefined : compile(made.project);
    const rest = compiled?.ok
      ? compiled.value.problems
      : (compiled?.error ?? hardCircles(made.project));
    return { kind: "activities", file: path, diagnostics: [...told, ...rest] };
  }
  const { file, diagnostics, corrected } = await validateInput(ports, {
    plan: given,
    ...(teams !== undefined && { teams }),
  });
  return {
    kind: "plan",
    file,
    diagnostics,
    ...(corrected && { corrections: corrected.corrections }),
  };
}

/** S3's execution plan with what can be computed put right. Throws USAGE for a file that is none. */
export async function correctedFile(ports: SchedulePorts, { file }: ValidateWish): Promise<string> {
  const { path, text } = await readGiven(ports, file);
  const corrected = correctExecutionPlan(text, path);
  if (corrected) return corrected.text;
  throw new WavegateError("USAGE", `${oneLine(file, 200)} is no execution plan of S3.`, {
    hint: "--corrected puts right what can be computed in an execution-plan.json; leave it out to see what is wrong with other files.",
    place: { file: path },
  });
}
