import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { AuditEntry, AuditHead } from "../../ports/audit.ts";
import { digestOf } from "../shared/digest.ts";

/** What the first entry is chained to. */
export const CHAIN_START: AuditHead = { entries: 0, head: "0".repeat(64) };

/** What every line of an audit file begins with: keys are in alphabetical order. */
const LINE_START = '{"action":"';

/** The next line of the chain: the entry with its number, the hash before it, and the hash of all that. */
export function chainLine(entry: AuditEntry, { entries, head }: AuditHead): string {
  const { id, at, actor, action, runId, digest, details } = entry;
  const body = { id, at, actor, action, runId, digest, details, seq: entries + 1, prev: head };
  return canonical({ ...body, hash: hashOf(body) });
}

/** The entry on a line, if the line is byte for byte what `chainLine` writes after `before`; else what is wrong. */
export function readChainLine(
  line: string,
  before: AuditHead,
): Result<{ readonly entry: AuditEntry; readonly head: AuditHead }, string> {
  const value = parsed(line);
  if (!isRecord(value)) return err("is not an audit entry");
  const { hash, ...body } = value;
  if (!isBody(body) || typeof hash !== "string") return err("is not an audit entry");
  if (canonical(value) !== line) return err("was not written by wavegate");
  if (hash !== hashOf(body)) return err("was changed: its hash does not fit its content");
  const { seq, prev, ...entry } = body;
  if (seq !== before.entries + 1)
    return err(`has number ${seq} where ${before.entries + 1} must stand`);
  if (prev !== before.head) return err("does not follow from the entry before it");
  return ok({ entry, head: { entries: seq, head: hash } });
}

/** Whether a last line without its end can be what a crash left of an entry. */
export const isTornEntry = (text: string): boolean =>
  text.startsWith(LINE_START) || LINE_START.startsWith(text);

type Body = AuditEntry & { readonly seq: number; readonly prev: string };

const hashOf = (body: Body): string => digestOf(body.prev + canonical(body));

/** JSON with keys in order and without spaces: one text for one value. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(",")}}`;
}

const TEXTS = ["id", "at", "actor", "action", "runId", "digest", "prev"];

function isBody(value: Readonly<Record<string, unknown>>): value is Body & Record<string, Json> {
  return (
    TEXTS.every((key) => typeof value[key] === "string") &&
    Number.isSafeInteger(value["seq"]) &&
    "details" in value &&
    Object.keys(value).length === TEXTS.length + 2
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
