import type { Json } from "../../../core/json.ts";
import { isObject, parseSafely } from "../../shared/safe-json.ts";

/** The answer in a text, or why there is none. */
export type Finding =
  | { readonly found: "value"; readonly value: Json }
  /** A JSON object starts and never ends: the output broke off. */
  | { readonly found: "truncated" }
  | { readonly found: "nothing" };

/** Longest text that is looked at, in characters. */
export const MAX_ANSWER = 8 * 1024 * 1024;

/** How often unclosed braces may make the scanner start over, in lengths of the text; keeps it linear. */
const RESTART_BUDGET = 4;

/**
 * The JSON value an agent answered with, among whatever else it wrote: the whole text; else the last fenced block that
 * holds an object; else the last balanced object in the text, an empty one only when there is no other. Linear in the
 * length of the text. The schema is not looked at.
 */
export function findJson(text: string): Finding {
  if (text.length > MAX_ANSWER) return { found: "nothing" };
  const whole = parseSafely(text.trim());
  if (typeof whole === "object" && whole !== null) return { found: "value", value: whole };
  const fenced = lastObject(fencedBlocks(text));
  if (fenced !== undefined) return { found: "value", value: fenced };
  const { candidates, truncated } = balancedObjects(text);
  if (truncated) return { found: "truncated" };
  const value = lastObject(candidates);
  return value === undefined ? { found: "nothing" } : { found: "value", value };
}

function lastObject(texts: readonly string[]): Json | undefined {
  let empty: Json | undefined;
  for (const text of texts.toReversed()) {
    const value = parseSafely(text);
    if (!isObject(value)) continue;
    if (Object.keys(value).length > 0) return value;
    empty ??= value;
  }
  return empty;
}

const FENCE = /^[ \t]{0,8}(`{3,100}|~{3,100})[ \t]{0,8}([A-Za-z0-9]{0,20})/gm;

/** Contents of the fenced blocks marked as JSON or not marked at all. */
function fencedBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let open: { readonly mark: string; readonly json: boolean; readonly start: number } | undefined;
  for (const { 0: all, 1: mark = "", 2: info = "", index } of text.matchAll(FENCE)) {
    if (open === undefined)
      open = { mark, json: /^(?:json\w*)?$/i.test(info), start: index + all.length };
    else if (mark.startsWith(open.mark) && info === "") {
      if (open.json) blocks.push(text.slice(open.start, index));
      open = undefined;
    }
  }
  return blocks;
}

interface Scan {
  readonly candidates: readonly string[];
  readonly truncated: boolean;
}

/** The outermost `{…}` of the text. A brace that cannot start JSON is chatter; one that never closes is a broken-off answer. */
function balancedObjects(text: string): Scan {
  const candidates: string[] = [];
  let budget = text.length * RESTART_BUDGET;
  let at = text.indexOf("{");
  while (at >= 0 && budget > 0) {
    let next = at + 1;
    if (startsObject(text, at)) {
      const { how, end } = scanObject(text, at);
      if (how === "unclosed") return { candidates, truncated: true };
      budget -= end - at;
      if (how === "closed") {
        candidates.push(text.slice(at, end));
        next = end;
      }
    }
    at = text.indexOf("{", next);
  }
  return { candidates, truncated: false };
}

/** Whether what follows the brace can be an object: a key, or its end. */
function startsObject(text: string, brace: number): boolean {
  let at = brace + 1;
  while (at < brace + 1_000 && /\s/.test(text.charAt(at))) at += 1;
  return text.charAt(at) === '"' || text.charAt(at) === "}";
}

interface ObjectEnd {
  /** `broken`: a line ends inside a string, which JSON does not allow. */
  readonly how: "closed" | "unclosed" | "broken";
  /** Where the scan stopped: just after the closing brace when closed. */
  readonly end: number;
}

function scanObject(text: string, start: number): ObjectEnd {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
      else if (char === 0x0a) return { how: "broken", end: at };
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b) depth += 1;
    else if (char === 0x7d && (depth -= 1) === 0) return { how: "closed", end: at + 1 };
  }
  return { how: "unclosed", end: text.length };
}
