import type { FileHandle } from "node:fs/promises";

const CHUNK = 64 * 1024;

/**
 * The rest of an open file, however it grows meanwhile: no more than `most` bytes and one chunk are ever held.
 *
 * @param expected how long it seems to be, in bytes
 * @returns undefined for what is longer than `most`
 */
export async function readBounded(
  file: Pick<FileHandle, "read">,
  { expected, most }: { readonly expected: number; readonly most: number },
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  // One byte more than it seems to have, so that its end is seen.
  let room = Math.min(expected, most) + 1;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(room), 0, room, null);
    if (bytesRead === 0) break;
    length += bytesRead;
    if (length > most) return undefined;
    parts.push(buffer.subarray(0, bytesRead));
    room = CHUNK;
  }
  const [only, another] = parts;
  return only && !another ? only : Buffer.concat(parts);
}
