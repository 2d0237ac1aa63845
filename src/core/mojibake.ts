/** The upper halves (0x80 to 0xFF) of the two encodings UTF-8 is most often misread as. */
const MAC_ROMAN =
  "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
const WINDOWS_1252 =
  "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ" +
  Array.from({ length: 96 }, (_, index) => String.fromCodePoint(0xa0 + index)).join("");

/** What some programs mean by Windows-1252: control characters where it has letters and quotation marks. */
const LATIN_1 = Array.from({ length: 128 }, (_, index) => String.fromCodePoint(0x80 + index)).join(
  "",
);

type Misreading = "Mac Roman" | "Windows-1252";

const bytesOf = (table: string): ReadonlyMap<string, number> =>
  new Map(Array.from(table, (char, index) => [char, 0x80 + index]));

const TABLES: readonly (readonly [Misreading, ReadonlyMap<string, number>])[] = [
  ["Mac Roman", bytesOf(MAC_ROMAN)],
  ["Windows-1252", new Map([...bytesOf(LATIN_1), ...bytesOf(WINDOWS_1252)])],
];

/** A run of characters that is UTF-8 misread, and what it should say. */
interface Garbled {
  readonly offset: number;
  readonly found: string;
  readonly meant: string;
}

export interface Repair {
  readonly text: string;
  readonly misread: Misreading;
  /** In the order of the text; offsets are those of the text as it came. */
  readonly garbled: readonly Garbled[];
}

interface Run {
  readonly offset: number;
  readonly found: string;
  /** What the run says if it was misread; undefined when it can't have been. */
  readonly meant: string | undefined;
  /** Whether a chance match can be ruled out: several characters, or one of three or four bytes. */
  readonly sure: boolean;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Blocks of characters people write in specs. A lone Hebrew point or phonetic sign is more likely a chance match. */
const PLAUSIBLE: readonly (readonly [number, number])[] = [
  [0xa0, 0x17f],
  [0x300, 0x52f],
  [0x5d0, 0x5ea],
  [0x600, 0x6ff],
  [0x900, 0x97f],
  [0xe00, 0xe7f],
  [0x1e00, 0x1eff],
  [0x2000, 0x2bff],
  [0x3000, 0x9fff],
  [0xac00, 0xd7af],
  [0xf8ff, 0xfffd],
  [0x1f000, 0x1faff],
];

const isPlausible = (text: string): boolean =>
  Array.from(text).every((char) => {
    const point = char.codePointAt(0) ?? 0;
    return PLAUSIBLE.some(([low, high]) => point >= low && point <= high);
  });

function unread(found: string, table: ReadonlyMap<string, number>): string | undefined {
  const bytes: number[] = [];
  for (const char of found) {
    const byte = table.get(char);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    const meant = utf8.decode(Uint8Array.from(bytes));
    return isPlausible(meant) ? meant : undefined;
  } catch {
    return undefined;
  }
}

function runsOf(text: string, table: ReadonlyMap<string, number>): readonly Run[] {
  return [...text.matchAll(/[\u0080-\u{10FFFF}]{1,4096}/gu)].map((match) => {
    const found = match[0];
    const meant = unread(found, table);
    return { offset: match.index, found, meant, sure: meant !== undefined && found.length > 2 };
  });
}

/**
 * Repair UTF-8 that was read as Mac Roman or Windows-1252 and saved again (`‚Äî` and `â€”` for `—`). Only runs whose
 * characters map back to bytes that are valid UTF-8 are changed, so that misreading the result gives the text again.
 * A single two-byte character (`Ã©`) counts only where most of the text is garbled: `É…` may be meant. Undefined when
 * nothing was found.
 */
export function repairMojibake(text: string): Repair | undefined {
  if (!/[\u0080-\uFFFF]/.test(text)) return undefined;
  const repairs = TABLES.map(([misread, table]) => {
    const runs = runsOf(text, table);
    const back = runs.filter((run) => run.meant !== undefined).length;
    const mostly = back >= 2 && back * 2 >= runs.length;
    const garbled = runs.flatMap(({ offset, found, meant, sure }) =>
      meant !== undefined && (sure || mostly) ? [{ offset, found, meant }] : [],
    );
    return { misread, garbled };
  });
  const best = repairs.toSorted((a, b) => b.garbled.length - a.garbled.length)[0];
  if (!best || best.garbled.length === 0) return undefined;
  let at = 0;
  const parts = best.garbled.flatMap(({ offset, found, meant }) => {
    const before = text.slice(at, offset);
    at = offset + found.length;
    return [before, meant];
  });
  return { ...best, text: parts.join("") + text.slice(at) };
}
