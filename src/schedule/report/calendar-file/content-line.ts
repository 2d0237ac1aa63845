import { inert } from "../../../core/text.ts";

/** RFC 5545 §3.1: lines have at most 75 octets without their CRLF. */
const OCTETS = 75;

/** One property, folded at whole characters, with its CRLF. `name` is ours, with parameters; `value` is escaped already. */
export function contentLine(name: string, value: string): string {
  let folded = "";
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

const octetsOf = (point: number): number =>
  point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;

const LONGEST = 4_000;

/** A value of type TEXT (§3.3.11): inert, and nothing in it ends the value or the line. */
export function textValue(text: string): string {
  const read = inert(text).replace(/\p{Surrogate}/gu, "�");
  const points = Array.from(read.slice(0, LONGEST * 2));
  const whole = points.length < LONGEST && read.length <= LONGEST * 2;
  return (whole ? points : [...points.slice(0, LONGEST), "…"])
    .join("")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}
