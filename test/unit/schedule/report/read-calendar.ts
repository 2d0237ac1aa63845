/** A reader of iCalendar files for tests, written from RFC 5545 §3.1 and §3.3.11 and not from the writer. */

export interface Component {
  readonly name: string;
  readonly lines: Map<string, string[]>;
  readonly parts: Component[];
}

export function readCalendar(file: string): Component {
  if (!file.endsWith("\r\n")) throw new Error("the last line has no end");
  const raw = file.slice(0, -2).split("\r\n");
  const lines: string[] = [];
  for (const line of raw) {
    if (/[\r\n]/.test(line)) throw new Error("a bare CR or LF");
    if (Buffer.byteLength(line) > 75)
      throw new Error(`a line of ${Buffer.byteLength(line)} octets`);
    if (line.startsWith(" ")) lines.push(`${lines.pop() ?? ""}${line.slice(1)}`);
    else lines.push(line);
  }
  const root: Component = { name: "", lines: new Map(), parts: [] };
  const open = [root];
  for (const line of lines) {
    const [, name = "", , value = ""] = /^([A-Z-]+)((?:;[A-Z]+=[^:;]+)*):(.*)$/su.exec(line) ?? [];
    const last = open.at(-1)!;
    if (name === "") throw new Error(`no property: ${line.slice(0, 60)}`);
    if (name === "BEGIN") {
      const part: Component = { name: value, lines: new Map(), parts: [] };
      last.parts.push(part);
      open.push(part);
    } else if (name === "END") {
      if (last.name !== value) throw new Error(`END:${value} in ${last.name}`);
      open.pop();
    } else last.lines.set(name, [...(last.lines.get(name) ?? []), value]);
  }
  if (open.length !== 1) throw new Error("a component is not ended");
  return root.parts[0]!;
}

export const readText = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, mark: string) => (mark === "n" || mark === "N" ? "\n" : mark));
