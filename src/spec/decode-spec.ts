import type { Diagnostic } from "../core/diagnostic.ts";
import { WavegateError } from "../core/error.ts";
import { err, ok, type Result } from "../core/result.ts";
import { repairMojibake } from "../core/mojibake.ts";
import { columnAt } from "../core/markdown/source-lines.ts";

/** Largest spec that is read, in bytes. The largest of 280 real ones has 60 kB. */
export const MAX_SPEC_BYTES = 4 * 1024 * 1024;

export interface DecodedSpec {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

const unreadable = (file: string, message: string, hint: string): Result<never, WavegateError> =>
  err(new WavegateError("SPEC_UNREADABLE", message, { hint, place: { file } }));

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** How many bytes follow a UTF-8 lead byte, and the range its second byte must be in (Unicode 15, table 3-7). */
function sequence(lead: number): readonly [number, number, number] | undefined {
  if (lead < 0x80) return [0, 0, 0];
  if (lead >= 0xc2 && lead <= 0xdf) return [1, 0x80, 0xbf];
  if (lead === 0xe0) return [2, 0xa0, 0xbf];
  if (lead === 0xed) return [2, 0x80, 0x9f];
  if (lead >= 0xe1 && lead <= 0xef) return [2, 0x80, 0xbf];
  if (lead === 0xf0) return [3, 0x90, 0xbf];
  if (lead >= 0xf1 && lead <= 0xf3) return [3, 0x80, 0xbf];
  return lead === 0xf4 ? [3, 0x80, 0x8f] : undefined;
}

/** Offset of the first byte that is not part of valid UTF-8, or -1. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const found = sequence(bytes[at] ?? 0);
    if (!found) return at;
    const [more, low, high] = found;
    for (let index = 1; index <= more; index++) {
      const byte = bytes[at + index] ?? 0;
      if (byte < (index === 1 ? low : 0x80) || byte > (index === 1 ? high : 0xbf)) return at;
    }
    at += more + 1;
  }
  return -1;
}

const utf16Of = (bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
};

function decodeUtf16(
  file: string,
  bytes: Uint8Array,
  encoding: string,
): Result<DecodedSpec, WavegateError> {
  const hint = "Save the file as UTF-8.";
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return unreadable(file, `${file} begins like UTF-16 but is not valid UTF-16.`, hint);
  }
  const diagnostic: Diagnostic = {
    code: "SPEC_UTF16",
    severity: "warning",
    message: "The file is UTF-16; most tools that read specs expect UTF-8.",
    place: { file, line: 1, column: 1 },
    hint,
  };
  return checked(file, text, [diagnostic]);
}

function decodeUtf8(file: string, bytes: Uint8Array): Result<DecodedSpec, WavegateError> {
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    return unreadable(
      file,
      `${file} is not a text file: there is a zero byte at offset ${zero}.`,
      "Give a Markdown file; if it is UTF-16 text, save it as UTF-8.",
    );
  try {
    return checked(file, new TextDecoder("utf-8", { fatal: true }).decode(bytes), []);
  } catch {
    const at = firstInvalid(bytes);
    const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    return unreadable(
      file,
      `${file} is not valid UTF-8: byte 0x${byte} at offset ${at}.`,
      `Save the file as UTF-8 (from Windows-1252: iconv -f WINDOWS-1252 -t UTF-8).`,
    );
  }
}

function checked(
  file: string,
  text: string,
  before: readonly Diagnostic[],
): Result<DecodedSpec, WavegateError> {
  if (text.trim() === "")
    return err(
      new WavegateError("SPEC_INVALID", `${file} is empty.`, {
        hint: "Write the specification first, for example with /speckit.specify.",
        place: { file },
      }),
    );
  const repair = repairMojibake(text);
  const first = repair?.garbled[0];
  if (!repair || !first) return ok({ text, diagnostics: before });
  const head = text.slice(0, first.offset);
  const start = Math.max(head.lastIndexOf("\n"), head.lastIndexOf("\r")) + 1;
  const count = repair.garbled.length;
  const diagnostic: Diagnostic = {
    code: "SPEC_MOJIBAKE",
    severity: "warning",
    message: `"${first.found.slice(0, 12)}" should read "${Array.from(first.meant).slice(0, 4).join("")}": UTF-8 text was opened as ${repair.misread} and saved again (${count} ${count === 1 ? "place" : "places"}).`,
    place: {
      file,
      line: head.split(/\r\n|\n|\r/).length,
      column: columnAt(text.slice(start), first.offset - start),
    },
    hint: "Restore the file from before it was garbled; this run reads the repaired text and leaves the file as it is.",
  };
  return ok({ text: repair.text, diagnostics: [...before, diagnostic] });
}

/**
 * Turn a spec file's bytes into text: strict UTF-8 (a byte order mark is dropped), or UTF-16 with a byte order mark.
 * Text that was garbled by a wrong encoding is repaired in memory where that is certain, and reported; columns on such
 * lines are then those of the repaired text. Errors: SPEC_UNREADABLE (binary, invalid, too large), SPEC_INVALID (empty).
 */
export function decodeSpec(file: string, bytes: Uint8Array): Result<DecodedSpec, WavegateError> {
  if (bytes.length > MAX_SPEC_BYTES)
    return unreadable(
      file,
      `${file} has ${mebibytes(bytes.length)}; a spec may have at most ${mebibytes(MAX_SPEC_BYTES)}.`,
      "Split the specification, or check that this is the right file.",
    );
  const utf16 = utf16Of(bytes);
  return utf16 ? decodeUtf16(file, bytes, utf16) : decodeUtf8(file, bytes);
}
