import { revealed } from "./control-characters.ts";
import { oneLine } from "./text.ts";

/** A named text of others. */
export type NamedText = readonly [name: string, text: string];

/** Texts of others as they stand in a prompt. */
export interface DelimitedData {
  /** What the lines around each text have, and none of the texts. */
  readonly boundary: string;
  readonly blocks: readonly string[];
}

/**
 * Texts of others between lines that none of them can imitate: the lines have a boundary that occurs in no text, name or
 * `besides`. It is made from the texts alone, so that the same texts give the same prompt on every replay.
 */
export function delimitData(texts: readonly NamedText[], besides = ""): DelimitedData {
  const shown = texts.map(([name, text]): NamedText => [oneLine(name, 200), asMaterial(text)]);
  const boundary = freeBoundary(shown.flat(), besides);
  return {
    boundary,
    blocks: shown.map(
      ([name, text]) =>
        `-----BEGIN DATA ${boundary} ${name}-----\n${text}\n-----END DATA ${boundary} ${name}-----`,
    ),
  };
}

/** Sixteen hex digits made from the texts, that occur in none of them nor besides. */
function freeBoundary(texts: readonly string[], besides: string): string {
  const [left, right] = [hash(texts, 0x811c9dc5), hash(texts, 0x01000193)];
  for (let turn = 0; ; turn += 1) {
    const boundary = hex(left + Math.imul(turn, 0x9e3779b1)) + hex(right ^ turn);
    if (![besides, ...texts].some((text) => text.includes(boundary))) return boundary;
  }
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

/** FNV-1a over UTF-16 units, 32 bits. Nothing rests on its being hard to foresee: what occurs in a text is not taken. */
function hash(texts: readonly string[], seed: number): number {
  let value = seed;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1)
      value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    value = Math.imul(value ^ 0x10000, 0x01000193);
  }
  return value;
}

/**
 * Marks that chat templates of models give a meaning to, wherever a server lets them through as text: ChatML, Llama 2 and 3,
 * Mistral, Gemma, DeepSeek, and the turns of completion prompts. A space after the first character takes it away
 * and leaves them readable.
 */
const ROLE_MARKS =
  /(<)(?=\|[\w .:-]{1,40}\|>|｜[^｜<>\n]{1,40}｜>|\/?s>|\/?(?:start_of_turn|end_of_turn|bos|eos)>|<\/?SYS>>)|(\[)(?=\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\])|(?<=\n\r?\n)(?=(?:Human|Assistant):)/g;

/** A text of others as material: nothing in it is invisible, turns the direction of text, or speaks for a role of the model. */
const asMaterial = (text: string): string =>
  revealed(text, { unicode: false }).replace(ROLE_MARKS, "$1$2 ");
