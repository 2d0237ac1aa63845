import type { PreviewCost } from "../../execution/preview/run-preview.ts";
import { oneLine } from "../../core/text.ts";
import { factLines } from "../figure-lines.ts";
import type { Style } from "../style.ts";

/** What agents may cost, on what that rests, and the limit. */
export function costLines(cost: PreviewCost, style: Style): string[] {
  const { agent, calls, usd, tokens, basis, limit } = cost;
  const range = [
    ...(usd ? [rangeText(usd, money)] : []),
    ...(tokens ? [`${rangeText(tokens, figure)} tokens`] : []),
  ].join(", ");
  const most = calls.most > calls.least ? `, at most ${calls.most} if all is tried again` : "";
  const limits = [
    ...(limit.usd === null ? [] : [money(limit.usd)]),
    ...(limit.tokens === null ? [] : [`${figure(limit.tokens)} tokens`]),
  ].join(" and ");
  return [
    ...factLines(
      "cost",
      range === "" ? oneLine(basis, 400) : range,
      range === "" ? "warn" : "strong",
      style,
    ),
    ...(range === "" ? [] : factLines("", oneLine(basis, 400), "quiet", style)),
    ...factLines(
      "",
      `${calls.least} ${calls.least === 1 ? "call" : "calls"} of ${agent === null ? "an agent" : oneLine(agent, 60)}${most}`,
      "plain",
      style,
    ),
    ...(limits === "" ? [] : factLines("", `the run is limited to ${limits}`, "plain", style)),
  ];
}

function rangeText(
  { low, high }: { readonly low: number; readonly high: number },
  text: (value: number) => string,
): string {
  const [from, to] = [text(low), text(high)];
  return from === to ? from : `${from} to ${to}`;
}

const money = (usd: number): string => `$${usd.toFixed(usd > 0 && usd < 1 ? 3 : 2)}`;

function figure(value: number): string {
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(1)}M`;
  return value >= 10_000 ? `${Math.round(value / 1_000)}k` : String(Math.round(value));
}
