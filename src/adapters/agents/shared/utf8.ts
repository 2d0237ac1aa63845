/** How many bytes a sequence has by its first byte, and what its second byte may be (Unicode 15, table 3-7). */
function sequence(first: number): readonly [length: number, low: number, high: number] {
  if (first >= 0xc2 && first <= 0xdf) return [2, 0x80, 0xbf];
  if (first === 0xe0) return [3, 0xa0, 0xbf];
  if (first === 0xed) return [3, 0x80, 0x9f];
  if (first >= 0xe1 && first <= 0xef) return [3, 0x80, 0xbf];
  if (first === 0xf0) return [4, 0x90, 0xbf];
  if (first >= 0xf1 && first <= 0xf3) return [4, 0x80, 0xbf];
  if (first === 0xf4) return [4, 0x80, 0x8f];
  return [0, 0, 0];
}

/** Offset of the first byte that starts no valid UTF-8 sequence, or -1 when all is valid. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const [length, low, high] = sequence(first);
    const second = bytes[at + 1] ?? 0;
    if (length === 0 || second < low || second > high) return at;
    for (let next = at + 2; next < at + length; next += 1)
      if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return at;
    at += length;
  }
  return -1;
}

/** Text of the bytes, or the offset of the first invalid one. Nothing is replaced silently; a byte order mark is dropped. */
export function decodeStrict(
  bytes: Uint8Array,
): { readonly text: string } | { readonly invalidAt: number } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { invalidAt: firstInvalidUtf8(bytes) };
  }
}
