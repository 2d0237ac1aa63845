import { field, items, lineOf, placeOf, wordOf, type Value } from "../../../core/json-values.ts";
import type { TreeNode } from "../../../core/text-tree.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { namesIn, type ExecutionPlan } from "./execution-plan.ts";

/** What an execution plan leaves open: fields that one wave has and another has not, risks that nobody assessed, names never filled in. */
export const checkCompleteness = (plan: ExecutionPlan): readonly ScheduleDiagnostic[] => [
  ...checkWaveFields(plan),
  ...checkWaveRisks(plan),
  ...checkPlaceholders(plan),
];

/** What each wave should say where one does. */
const WAVE_FIELDS = ["wave_success_criteria", "risk_level", "start_date", "end_date", "duration"];

function checkWaveFields({ waves }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const said = WAVE_FIELDS.filter((name) => waves.some(({ value }) => field(value, name)));
  return waves.flatMap(({ number, value }) => {
    const missing = said.filter((name) => !field(value, name));
    return missing.length === 0
      ? []
      : [
          report(
            "SCHEDULE_WAVE_INCOMPLETE",
            placeOf(value),
            `Wave ${number} says nothing of ${missing.join(", ")}, which other waves do`,
          ),
        ];
  });
}

/** The level of a wave against the risks that are assessed: one that nothing stands behind, or a risk that the level does not show. */
function checkWaveRisks({ root, waves }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const assessed = items(field(field(root, "risk_management"), "risk_assessment"));
  if (assessed.length === 0) return [];
  const touched = new Set(
    assessed.flatMap((risk) =>
      ["affected_sessions", "affected_phases"].flatMap((name) =>
        namesIn(field(risk, name)).map(({ name: each }) => each),
      ),
    ),
  );
  if (touched.size === 0) return [];
  return waves.flatMap(({ number, value, phases }) => {
    const level = field(value, "risk_level");
    const word = wordOf(level);
    const own = phases.some(({ id, session }) => touched.has(id) || touched.has(session ?? ""));
    if (!level || word === undefined || own || /^(?:low|none)$/i.test(word)) return [];
    return [
      report(
        "SCHEDULE_RISK_UNNAMED",
        placeOf(level),
        `Wave ${number} has the risk level ${quoted(word)}, but no risk of risk_assessment is about one of its sessions`,
      ),
    ];
  });
}

/** `parallel_exec_[timestamp]`, `<project>`, `TODO`. */
const OPEN = /\[[A-Za-z][A-Za-z0-9_ -]{0,40}\]|<[A-Za-z][A-Za-z_ -]{0,40}>|\b(?:TODO|TBD|FIXME)\b/;
/** Keys whose values describe what others look like. */
const FORM = /format|pattern|template|location|path/i;
const MOST = 20;

/** Values that nobody filled in, each with its key. */
function checkPlaceholders({ root }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const told: ScheduleDiagnostic[] = [];
  const left: { readonly key: string; readonly node: TreeNode }[] = [{ key: "", node: root.node }];
  for (let next = left.pop(); next && told.length < MOST; next = left.pop()) {
    const { key, node } = next;
    if (node.kind === "map")
      for (const entry of node.entries) left.push({ key: entry.key, node: entry.value });
    else if (node.kind === "list") for (const item of node.items) left.push({ key, node: item });
    else {
      const value: Value = { node, source: root.source };
      const line = lineOf(value);
      if (line === undefined || FORM.test(key)) continue;
      if (line === key || OPEN.test(line))
        told.push(
          report("SCHEDULE_PLACEHOLDER", placeOf(value), `${key} is still ${quoted(line)}`),
        );
    }
  }
  return told;
}
