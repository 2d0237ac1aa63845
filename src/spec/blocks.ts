import { fold, joinFolded, type Folded, type FoldPart } from "../core/markdown/folded.ts";
import type { SourceLine } from "../core/markdown/source-lines.ts";
import { readRow, type Row } from "../core/markdown/table-row.ts";

export interface Heading {
  readonly kind: "heading";
  readonly level: number;
  readonly body: Folded;
}

export interface Item {
  readonly kind: "item";
  readonly ordered: boolean;
  /** Own text with continuation lines, without the marker and a check box. */
  readonly body: Folded;
  readonly children: readonly Item[];
}

interface Paragraph {
  readonly kind: "paragraph";
  readonly quoted: boolean;
  readonly body: Folded;
}

/** The parts of Markdown that specs are made of. Code, comments and rules are left out. */
export type Block = Heading | Item | Paragraph | Row;

const MARKER = /^(\s*)([-*+•]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)/;
const HEADING = /^ {0,3}(#{1,6})(?=\s|$)/;
const RULE = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;
const UNDERLINE = /^ {0,3}(?:={2,}|-{3,})\s*$/;
/** A line that begins a part of its own even without a blank line before it: `**Status**: …`, `**Layout**`. */
const LABEL = /^(?:\*\*|__)[^*_]{1,80}(?:(?:\*\*|__) ?[:：]|[:：](?:\*\*|__)|(?:\*\*|__)\s*$)/;
const QUOTE_LABEL = /^[\p{L}][\p{L}\s]{1,30}[:：]/u;
const MAX_DEPTH = 8;

interface OpenItem {
  readonly indent: number;
  readonly ordered: boolean;
  readonly parts: FoldPart[];
  readonly children: OpenItem[];
}

const widthOf = (space: string): number => space.replaceAll("\t", "    ").length;

const close = (open: OpenItem): Item => ({
  kind: "item",
  ordered: open.ordered,
  body: fold(open.parts),
  children: open.children.map(close),
});

/** Gathers lines into blocks; one line at a time, nothing is looked at twice. */
class BlockReader {
  readonly blocks: Block[] = [];
  #stack: OpenItem[] = [];
  #paragraph: { parts: FoldPart[]; quoted: boolean } | undefined;
  #afterBlank = true;
  #inTable = false;

  read(line: SourceLine): void {
    const gherkin = line.language === "gherkin" || line.language === "feature";
    if (line.kind === "meta") return;
    if (line.kind === "code" && !gherkin) return this.#flush(false);
    const { text } = line;
    if (text.trim() === "") return this.#blank();
    if (this.#tryTable(line)) return;
    this.#inTable = false;
    const heading = HEADING.exec(text);
    if (heading) return this.#heading(line, heading[1]?.length ?? 1);
    if (UNDERLINE.test(text) && this.#isTitle()) return this.#setext(text);
    if (RULE.test(text)) return this.#flush(true);
    const marker = MARKER.exec(text);
    if (marker) return this.#item(line, marker);
    this.#prose(line);
  }

  end(): readonly Block[] {
    this.#flush(true);
    return this.blocks;
  }

  #flush(closeList: boolean): void {
    if (this.#paragraph) {
      const body = fold(this.#paragraph.parts);
      if (body.text !== "")
        this.blocks.push({ kind: "paragraph", quoted: this.#paragraph.quoted, body });
      this.#paragraph = undefined;
    }
    if (!closeList) return;
    const top = this.#stack[0];
    if (top) this.blocks.push(close(top));
    this.#stack = [];
  }

  #blank(): void {
    this.#flush(false);
    this.#afterBlank = true;
    this.#inTable = false;
  }

  #tryTable(line: SourceLine): boolean {
    const start = line.text.trimStart();
    if (!start.startsWith("|") && !(this.#inTable && start.includes("|"))) return false;
    const row = readRow(line);
    if (!row) return false;
    this.#flush(true);
    this.#inTable = true;
    this.blocks.push(row);
    return true;
  }

  #heading(line: SourceLine, level: number): void {
    this.#flush(true);
    const start = line.text.indexOf("#") + level;
    const end = line.text.replace(/\s#+\s*$/, "").length;
    this.blocks.push({ kind: "heading", level, body: fold([{ line, start, end }]) });
    this.#afterBlank = true;
  }

  /** Whether the paragraph so far can be a title: people also draw a line right under their prose. */
  #isTitle(): boolean {
    const first = this.#paragraph?.parts[0]?.line.text.trim() ?? "";
    return (
      this.#paragraph?.quoted === false &&
      this.#paragraph.parts.length === 1 &&
      first.length <= 100 &&
      !/^(?:\*\*|__)|[.:;,]$/.test(first)
    );
  }

  #setext(underline: string): void {
    const parts = this.#paragraph?.parts ?? [];
    this.#paragraph = undefined;
    this.#flush(true);
    const level = underline.includes("=") ? 1 : 2;
    this.blocks.push({ kind: "heading", level, body: fold(parts) });
  }

  #item(line: SourceLine, marker: RegExpExecArray): void {
    const indent = widthOf(marker[1] ?? "");
    const part = { line, start: marker[0].length, end: line.text.length };
    const open: OpenItem = {
      indent,
      ordered: /\d/.test(marker[2] ?? ""),
      parts: [part],
      children: [],
    };
    this.#flush(false);
    const nested = indent >= (this.#stack[0]?.indent ?? 0) + 2 ? this.#stack : [];
    if (nested.length === 0) {
      this.#flush(true);
      this.#stack = [open];
    } else {
      while (this.#stack.length > 1 && (this.#stack.at(-1)?.indent ?? 0) >= indent)
        this.#stack.pop();
      if (this.#stack.length >= MAX_DEPTH) this.#stack.pop();
      this.#stack.at(-1)?.children.push(open);
      this.#stack.push(open);
    }
    this.#afterBlank = false;
  }

  #prose(line: SourceLine): void {
    const quote = /^\s*>\s?/.exec(line.text);
    const start = quote ? quote[0].length : 0;
    const content = line.text.slice(start).trimStart();
    const part = { line, start, end: line.text.length };
    const indent = widthOf(/^\s*/.exec(line.text)?.[0] ?? "");
    const item = this.#stack.at(-1);
    const starts = LABEL.test(content) || (quote !== null && QUOTE_LABEL.test(content));
    const belongs =
      indent >= (this.#stack[0]?.indent ?? 0) + 2 || !(this.#afterBlank || starts || quote);
    if (item && belongs) {
      this.#owner(indent).parts.push(part);
    } else {
      if (item || starts || (this.#paragraph && this.#paragraph.quoted !== (quote !== null)))
        this.#flush(true);
      this.#paragraph ??= { parts: [], quoted: quote !== null };
      this.#paragraph.parts.push(part);
    }
    this.#afterBlank = false;
  }

  /** The deepest open item that a line with this indent continues: after a blank line it must be indented past its marker. */
  #owner(indent: number): OpenItem {
    while (
      this.#afterBlank &&
      this.#stack.length > 1 &&
      (this.#stack.at(-1)?.indent ?? 0) >= indent
    )
      this.#stack.pop();
    const top = this.#stack.at(-1);
    if (!top) throw new Error("no open list item");
    return top;
  }
}

/** Read lines into blocks, in the order of the file. */
export function readBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const reader = new BlockReader();
  for (const line of lines) reader.read(line);
  return reader.end();
}

/** An item's text with that of the items below it, joined by `; `. Items for which `leave` holds stay out. */
export function wholeBody(item: Item, leave: (child: Item) => boolean = () => false): Folded {
  const children = item.children
    .filter((child) => !leave(child))
    .map((child) => wholeBody(child, leave));
  return children.length === 0 ? item.body : joinFolded([item.body, ...children], "; ");
}

/** Visit an item and all below it. */
export function* eachItem(item: Item): Generator<Item> {
  yield item;
  for (const child of item.children) yield* eachItem(child);
}
