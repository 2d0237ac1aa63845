import type { Measured } from "../../strategy/measured.ts";

/** A value of a metric in its unit; `unknown` where there is none. */
export function measuredText({ unit }: Measured, value: number | undefined): string {
  if (value === undefined) return "unknown";
  const rounded = Math.round(value * 100) / 100;
  if (unit === "percent") return `${rounded}%`;
  return unit === "minutes" ? `${rounded} minutes` : String(rounded);
}
