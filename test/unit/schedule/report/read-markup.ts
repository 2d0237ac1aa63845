/** A strict reader of the markup that we write: what is opened is closed, attributes are quoted, text has no stray marks. Void elements of HTML stand alone. */
export interface Markup {
  readonly names: readonly string[];
  readonly attributes: readonly string[];
  /** The words in it, decoded. */
  readonly text: string;
}

const VOID = new Set(["meta", "link", "br", "hr", "img", "input"]);
const RAW = new Set(["style", "script"]);
const TAG = /^<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/;

export function readMarkup(source: string): Markup {
  const open: string[] = [];
  const names: string[] = [];
  const attributes: string[] = [];
  let text = "";
  let at = 0;
  const head = /^(?:<\?xml [^>]*\?>|<!doctype html>)\n/.exec(source)?.[0] ?? "";
  for (at = head.length; at < source.length;) {
    if (source[at] !== "<") {
      const end = source.indexOf("<", at);
      const words = source.slice(at, end < 0 ? undefined : end);
      if (words.includes(">") || /&(?!(?:amp|lt|gt|quot|#39);)/.test(words))
        throw new Error(`stray mark: ${words.slice(0, 80)}`);
      text += words;
      at += words.length;
      continue;
    }
    const [whole, closing, name = "", given = "", alone] =
      TAG.exec(source.slice(at, at + 20_000)) ?? [];
    if (whole === undefined) throw new Error(`no tag: ${source.slice(at, at + 80)}`);
    at += whole.length;
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    names.push(name);
    for (const [, key = ""] of given.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)) attributes.push(key);
    if (alone === "/" || VOID.has(name)) continue;
    if (RAW.has(name)) at = source.indexOf(`</${name}>`, at) + name.length + 3;
    else open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(" ")}`);
  return { names, attributes, text };
}
