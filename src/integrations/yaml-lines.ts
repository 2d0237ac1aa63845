/** A line of a file: its text without the end, and where it begins and ends in the file, the end excluded. */
export interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface KeyLine extends Line {
  readonly index: number;
  /** Where what stands after the colon begins. */
  readonly valueAt: number;
  /** That, without a comment. */
  readonly value: string;
}

export function linesOf(text: string): readonly Line[] {
  let from = 0;
  return text.split("\n").map((raw) => {
    const line = { text: raw.replace(/\r$/, ""), from, to: from + raw.replace(/\r$/, "").length };
    from += raw.length + 1;
    return line;
  });
}

const BLANK = /^\s*(?:#.*)?$/;
const indentOf = ({ text }: Line) => /^ */.exec(text)?.[0].length ?? 0;
const isItem = ({ text }: Line) => /^ *-(?: |$)/.test(text);

/**
 * Where things stand in YAML's block style, by indentation alone. It knows nothing of scalars over several lines, quotes
 * or flows: whoever changes a text by it parses the result and compares.
 */
export class YamlLines {
  readonly lines: readonly Line[];

  constructor(text: string) {
    this.lines = linesOf(text);
  }

  /** The lines under a key, without blank lines and comments at their end: first and behind the last. */
  block(key: KeyLine): { readonly from: number; readonly to: number } {
    const indent = indentOf(key);
    let to = key.index + 1;
    for (let index = to; index < this.lines.length; index += 1) {
      const line = this.lines[index];
      if (!line || BLANK.test(line.text)) continue;
      const own = indentOf(line);
      if (own < indent || (own === indent && !isItem(line))) break;
      to = index + 1;
    }
    return { from: key.index + 1, to };
  }

  /** The line of a key between two lines, at the indentation of the first key there. */
  key(name: string, from = 0, to = this.lines.length): KeyLine | undefined {
    return this.keys(from, to).find(({ text }) => text.trimStart().startsWith(`${name}:`));
  }

  /** Lines of keys at the indentation of the first one. */
  keys(from = 0, to = this.lines.length): readonly KeyLine[] {
    const found = this.lines.slice(from, to).flatMap((line, at): readonly KeyLine[] => {
      const [, head, value] = /^( *[A-Za-z_][\w-]*:)(?:\s+(.*))?$/.exec(line.text) ?? [];
      if (head === undefined) return [];
      const own = (value ?? "").replace(/(?:^|\s+)#.*$/, "").trim();
      return [{ ...line, index: from + at, valueAt: line.from + head.length, value: own }];
    });
    const [first] = found;
    return first ? found.filter((line) => indentOf(line) === indentOf(first)) : [];
  }

  /** Lines at which the items of a list under a key begin. */
  items(key: KeyLine): readonly (Line & { readonly index: number; readonly indent: number })[] {
    const { from, to } = this.block(key);
    const found = this.lines
      .slice(from, to)
      .map((line, at) => ({ ...line, index: from + at, indent: indentOf(line) }))
      .filter(isItem);
    const [first] = found;
    return first ? found.filter(({ indent }) => indent === first.indent) : [];
  }
}
