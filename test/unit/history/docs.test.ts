import { expect, test } from "vitest";
import { METRICS } from "../../../src/history/metrics/registry.ts";
import { UNITS, type Metric } from "../../../src/history/metrics/metric.ts";

const INTRO = `# Metrics

\`wavegate metrics\` shows them over all runs of a time (\`--since 30d\`), \`wavegate metrics RUN\` for one run; \`--json\` has all of
them with their units. They are computed from the events that were recorded, by pure functions, and mean the same for one run and for
many: shares are of everything in all runs, not means of shares; of many values the 50th and the 95th percentile are shown (nearest
rank). What was not recorded is never a zero: it says \`none\` and why, \`unknown\` where an agent did not say (cost, tokens), and
\`not judged\` where somebody was asked and did not answer.

**Judged** metrics can't be counted. The person at the gate gives them with the decision, if they like (\`--rate satisfaction=4\`, or the
question on a terminal, which Enter passes over); they are recorded with it, in the audit log too. The reviewer and QA are asked in
their contracts (\`ratings\`, 1 to 5); the built-in ones are programs and judge nothing. Agents may say how sure they are
(\`confidence_score\`): their own word, worth comparing, not trusting.

Sources: S0 §6 (planning), S1 §8 (stages), S2 §6 (preparation).
`;

const BY = {
  person: "the person at the gate",
  reviewer: "the reviewer",
  qa: "QA",
  agent: "the agent itself",
};

const row = ({ name, sources, unit, perRole, stages, judgedBy, definition }: Metric): string =>
  `| \`${name}\` | ${sources.filter((one) => one !== "own").join(", ") || "–"} | ${UNITS[unit]} | ${definition}${
    judgedBy ? ` **Judged by ${BY[judgedBy]}.**` : ""
  }${perRole ? " Also by role." : ""}${stages ? ` Of: ${stages.join(", ")}.` : ""} |`;

/** Made from the registry. To make it anew: `npx vitest run --project unit test/unit/history -u`. */
test("docs/metrics.md says what the registry says", async () => {
  const table = [
    "| metric | source | unit | definition |",
    "|---|---|---|---|",
    ...METRICS.map(row),
  ];
  await expect(`${INTRO}\n${table.join("\n")}\n`).toMatchFileSnapshot("../../../docs/metrics.md");
});
