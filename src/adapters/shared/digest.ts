import { createHash } from "node:crypto";

/** SHA-256 in hex; text is taken as UTF-8. */
export const digestOf = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

/** A whole digest, as `digestOf` gives it. */
export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
