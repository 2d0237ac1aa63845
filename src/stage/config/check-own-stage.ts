import { STAGE_NAMES } from "../built-in/stages.ts";
import { isName, NAME_RULE } from "./fields.ts";
import type { ConfigPath } from "./locate.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { isBuiltIn, ownArtifacts } from "./own-stage.ts";
import { showValue, type Report } from "./report.ts";
import type { StageOptions } from "./stage-options.ts";

export interface OwnStageToCheck {
  readonly name: string;
  /** As the file has them, with what it says for all stages. */
  readonly options: StageOptions;
  /** Names of all stages of the file, and the built-in ones. */
  readonly stages: readonly string[];
  /** Whether the schema has found something at or below a path. */
  readonly touched: (path: ConfigPath) => boolean;
}

/** What a stage of the user's lacks or names wrongly. */
export function checkOwnStage(check: OwnStageToCheck, report: Report): void {
  checkRequires(check, report);
  if (isBuiltIn(check.name)) return;
  checkName(check, report);
  checkComplete(check, report);
  checkLeads(check, report);
  checkArtifacts(check, report);
}

function checkName({ name }: OwnStageToCheck, report: Report): void {
  if (isName(name)) return;
  report({
    code: "CONFIG_BAD_NAME",
    path: ["stages", name],
    part: "key",
    message: `The name ${showValue(name)} ${NAME_RULE}.`,
    hint: "Rename it, here and where it is used.",
  });
}

const LEADS = ["reviewer", "synthesizer", "qa"] as const;

function checkComplete({ name, options, touched }: OwnStageToCheck, report: Report): void {
  if (touched(["stages", name])) return;
  const lacks = [
    ...(options.title === undefined ? ["title"] : []),
    ...(Object.keys(options.roles ?? {}).length === 0 ? ["roles"] : []),
    ...(options.artifacts === undefined ? ["artifacts"] : []),
    ...LEADS.filter((lead) => options[lead]?.agent === undefined).map((lead) => `${lead}.agent`),
  ];
  if (lacks.length === 0) return;
  const near = nearestName(name, STAGE_NAMES);
  const needs = "A stage of your own needs title, roles, artifacts, and agents for its leads.";
  report({
    code: "CONFIG_INCOMPLETE_STAGE",
    path: ["stages", name],
    part: "key",
    message: `The stage ${name} is not a built-in one, and lacks ${lacks.join(", ")}.`,
    hint: near ? `Did you mean ${near}? ${needs}` : needs,
  });
}

/** The built-in agent leads the stages that come with it, whose artifacts it knows how to write. */
function checkLeads({ name, options }: OwnStageToCheck, report: Report): void {
  for (const lead of LEADS)
    for (const key of ["agent", "fallback"] as const)
      if (options[lead]?.[key] === "builtin")
        report({
          code: "CONFIG_INCOMPLETE_STAGE",
          path: ["stages", name, lead, key],
          part: "value",
          message: `builtin can't be the ${lead} of a stage of your own: it knows the built-in ones only.`,
          hint: "Name an agent from agents.",
        });
}

function checkArtifacts({ name, options }: OwnStageToCheck, report: Report): void {
  const names = ownArtifacts(options).map((artifact) => artifact.name.toLowerCase());
  for (const [index, file] of names.entries()) {
    const problem =
      file === "spec.md"
        ? "An artifact can't be called spec.md: that is the specification."
        : names.indexOf(file) < index && "Two artifacts of the stage have this name.";
    if (problem)
      report({
        code: "CONFIG_BAD_NAME",
        path: ["stages", name, "artifacts", index, "name"],
        part: "value",
        message: problem,
        hint: "Choose another name.",
      });
  }
}

function checkRequires({ name, options, stages }: OwnStageToCheck, report: Report): void {
  for (const [index, { "approved-by": stage }] of (options.requires ?? []).entries()) {
    if (stage === undefined || (stages.includes(stage) && stage !== name)) continue;
    const others = stages.filter((one) => one !== name);
    const near = nearestName(stage, others);
    report({
      code: "CONFIG_UNKNOWN_STAGE",
      path: ["stages", name, "requires", index, "approved-by"],
      part: "value",
      message:
        stage === name
          ? "A stage can't need its own approval."
          : `There is no stage ${showValue(stage)}.`,
      hint: near ? `Did you mean ${near}?` : `Use one of: ${others.join(", ")}.`,
    });
  }
}
