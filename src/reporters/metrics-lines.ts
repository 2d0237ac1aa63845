import { formatDuration } from "../core/duration.ts";
import { oneLine } from "../core/text.ts";
import type { JudgedBy, Measured } from "../history/measured.ts";
import type { Metric, Unit } from "../history/metrics/metric.ts";
import type { MetricReport, MetricsReport } from "../history/metrics/metrics-report.ts";
import { composeLine, paint, symbolsOf, wrapText, type Style } from "./style.ts";

const NAME = 29;
const INDENT = 4;

const WHO: Readonly<Record<JudgedBy, string>> = {
  person: "the person at the gate",
  reviewer: "the reviewer",
  qa: "QA",
  agent: "the agent itself",
};

/** What is counted comes first, then what somebody says, then what there is nothing of. */
const SECTIONS: readonly (readonly [string, (one: MetricReport) => boolean])[] = [
  ["MEASURED", ({ metric, all }) => metric.judgedBy === undefined && !isEmpty(all)],
  ["JUDGED", ({ metric }) => metric.judgedBy !== undefined],
  ["NOTHING RECORDED", ({ metric, all }) => metric.judgedBy === undefined && isEmpty(all)],
];

const isEmpty = ({ is }: Measured): boolean => is === "nothing";

/** Metrics for people, within the style's width. */
export function metricsLines(
  report: MetricsReport & {
    readonly statuses: Readonly<Record<string, number>>;
    readonly since?: string;
  },
  style: Style,
): readonly string[] {
  return [
    summary(report),
    ...SECTIONS.flatMap(([title, belongs]) => {
      const metrics = report.metrics.filter(belongs);
      return metrics.length === 0
        ? []
        : ["", paint(style, "quiet", title), ...metrics.flatMap((one) => metricLines(one, style))];
    }),
  ];
}

const list = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${oneLine(name, 40)}`)
    .join(", ");

function summary({ runs, stages, statuses, since }: Parameters<typeof metricsLines>[0]): string {
  const when = since === undefined ? "" : ` since ${since.slice(0, 10)}`;
  if (runs === 0) return `No runs${when}.`;
  const of = Object.keys(stages).length === 0 ? "" : `; stages: ${list(stages)}`;
  return `${runs} ${runs === 1 ? "run" : "runs"}${when}: ${list(statuses)}${of}`;
}

function metricLines({ metric, all, roles }: MetricReport, style: Style): readonly string[] {
  const by =
    metric.judgedBy && !isEmpty(all) && all.is !== "not-judged" ? metric.judgedBy : undefined;
  const text = `${shown(all, metric.unit)}${by === undefined ? "" : `, judged by ${WHO[by]}`}`;
  const [first = "", ...more] = wrapText(text, Math.max(20, style.width - NAME - 2));
  const tone = all.is === "figure" || all.is === "spread" || all.is === "words" ? "plain" : "quiet";
  const pad = (line: string) =>
    composeLine(style, [
      { text: "", columns: NAME + 2 },
      { text: line, tone },
    ]);
  return [
    composeLine(style, [
      { text: `  ${metric.name}`, columns: NAME + 2 },
      { text: first, tone },
    ]),
    ...more.map(pad),
    ...roleLines(metric, roles, style),
  ];
}

/** `requirements 4.2 s · architecture 3.1 s`, as many to a line as fit. */
function roleLines(metric: Metric, roles: MetricReport["roles"], style: Style): readonly string[] {
  const { dot } = symbolsOf(style);
  const texts = Object.entries(roles).map(
    ([role, value]) => `${oneLine(role, 30)} ${brief(value, metric.unit)}`,
  );
  // One role alone says the same as all, and so do roles that are all alike.
  const values = new Set(Object.values(roles).map((value) => brief(value, metric.unit)));
  if (texts.length < 2 || values.size === 1) return [];
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const longer = `${last} ${dot} ${text}`;
    if (last !== undefined && longer.length + INDENT <= style.width)
      lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines.map((line) =>
    composeLine(style, [
      { text: "", columns: INDENT },
      { text: line, tone: "quiet" },
    ]),
  );
}

/** A value with what it rests on. */
function shown(value: Measured, unit: Unit): string {
  switch (value.is) {
    case "figure": {
      const lacking = value.missing ? `, and unknown for ${plural(value.missing, "call")}` : "";
      return `${amount(value.value, unit)}${basis(value.samples, unit)}${lacking}`;
    }
    case "spread":
      if (value.samples === 1) return amount(value.p50, unit);
      return `p50 ${amount(value.p50, unit)}, p95 ${amount(value.p95, unit)} (${value.samples})`;
    case "words":
      return Object.entries(value.counts)
        .map(([word, count]) =>
          count === 1 ? oneLine(word, 60) : `${oneLine(word, 60)} ×${count}`,
        )
        .join(", ");
    case "nothing":
      return `none: ${value.because}`;
    case "unknown":
      return `unknown: ${value.because}`;
    case "not-judged":
      return `not judged (by ${WHO[value.judge]})`;
  }
}

const brief = (value: Measured, unit: Unit): string =>
  value.is === "figure"
    ? amount(value.value, unit)
    : value.is === "spread"
      ? amount(value.p50, unit)
      : shown(value, unit);

const basis = (samples: number, unit: Unit): string =>
  unit === "share" || unit === "percent" || unit === "score" || unit === "rating"
    ? ` (of ${samples})`
    : "";

const plural = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;

const rounded = (value: number, digits: number) => String(Number(value.toFixed(digits)));

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return `${rounded(100 * value, 1)} %`;
    case "percent":
      return `${rounded(value, 1)} %`;
    case "score":
      return rounded(value, 1);
    case "rating":
      return `${rounded(value, 1)} of 5`;
    case "ms":
      return formatDuration(value);
    case "bytes":
      return value < 1_024 ? `${value} B` : `${rounded(value / 1_024, 1)} KiB`;
    case "usd":
      return `$${value.toFixed(2)}`;
    case "count":
    case "tokens":
    case "words":
      return rounded(value, 1);
  }
}
