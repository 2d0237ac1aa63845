import type { LinkKind } from "../../project/project.ts";
import { readWorkSpan } from "../../../core/work-span.ts";

/** One that is waited for. */
export interface Predecessor {
  readonly id: string;
  readonly kind: LinkKind;
  readonly lag: Lag;
}

/** Minutes of working time, or a part of what the predecessor takes (`+50%`). */
export type Lag = { readonly minutes: number } | { readonly part: number };

export type ReadPredecessor =
  | { readonly ok: true; readonly predecessor: Predecessor }
  | { readonly ok: false; readonly reason: string };

const LAG = /([+-])\s?(\d{1,6}(?:\.\d{1,3})?)\s?(%|[a-z]{1,7})\??$/i;
const KIND = /\s?(FS|SS|FF|SF)$/i;

/**
 * A predecessor as MS Project and ProjectLibre write it: `3`, `3FS`, `3FS+2d`, `4SS-1 day`, `5FF+50%`. An id that is known as a whole is
 * taken as a whole, whatever it looks like. Lags are working time; `2ed`, elapsed days, is refused.
 */
export function readPredecessor(text: string, isKnown: (id: string) => boolean): ReadPredecessor {
  const whole = text.trim();
  const plain = { kind: "FS", lag: { minutes: 0 } } as const;
  if (isKnown(whole)) return { ok: true, predecessor: { id: whole, ...plain } };
  const [written, sign, count = "", unit = ""] = LAG.exec(whole) ?? [];
  const rest = written === undefined ? whole : whole.slice(0, -written.length).trim();
  const kind = KIND.exec(rest)?.[1]?.toUpperCase();
  const id = kind === undefined ? rest : rest.replace(KIND, "").trim();
  if (!isKnown(id)) return { ok: false, reason: "names no activity" };
  const lag = written === undefined ? { minutes: 0 } : lagOf(sign === "-" ? -1 : 1, count, unit);
  if (!lag) return { ok: false, reason: `has a lag in ${unit}, which is no unit of working time` };
  return { ok: true, predecessor: { id, kind: isKind(kind) ? kind : "FS", lag } };
}

const isKind = (text: string | undefined): text is LinkKind =>
  text === "FS" || text === "SS" || text === "FF" || text === "SF";

function lagOf(sign: 1 | -1, count: string, unit: string): Lag | undefined {
  if (unit === "%") return { part: (sign * Number(count)) / 100 };
  if (Number(count) === 0) return { minutes: 0 };
  const span = readWorkSpan(`${Number(count)} ${unit}`);
  return span && { minutes: sign * span.minutes };
}
