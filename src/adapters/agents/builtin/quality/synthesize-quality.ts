import type { Json } from "../../../../core/json.ts";
import { inert } from "../../../../core/text.ts";
import { countIssues } from "../../../../stage/count-issues.ts";
import { notDone } from "../synthesis/requests.ts";
import { coverageReport } from "./coverage-report.ts";
import { qualityReport } from "./quality-report.ts";
import { reportModel } from "./report-model.ts";
import { securityScan } from "./security-scan.ts";

/**
 * The lead synthesizer of quality review (contract `synthesis`): `quality_report.md`, and the optional artifacts that
 * `wanted.json` names.
 *
 * @param inputs those of the reviewer, with `review.json`, `rework.json` and `wanted.json`
 */
export function synthesizeQuality(inputs: Readonly<Record<string, string>>): Json {
  const model = reportModel(inputs);
  return {
    artifacts: {
      // What documents bring along must be inert, too.
      "quality_report.md": inert(qualityReport(model)),
      ...(model.wanted.includes("coverage_report.html")
        ? { "coverage_report.html": coverageReport(model) }
        : {}),
      ...(model.wanted.includes("security_scan.json")
        ? { "security_scan.json": securityScan(model) }
        : {}),
    },
    not_done: notDone(model.requests),
    verdict: {
      recommendation: model.recommendation,
      issues: countIssues(model.issues),
    },
  };
}
