import { inert } from "../text.ts";

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text from outside for an element or a quoted attribute: no markup, no control or bidi characters. */
export const escapeHtml = (text: string): string =>
  inert(text).replace(/[&<>"']/g, (mark) => ENTITIES.get(mark) ?? "");
