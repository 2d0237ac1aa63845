import { WavegateError, type ErrorCode } from "../../core/error.ts";
import type { FilePlace } from "../../core/place.ts";
import { err, type Result } from "../../core/result.ts";

/** What comes of an edit: the new value, or why it was refused, with code, place and hint. A refused edit changes nothing. */
export type Edited<T> = Result<T, WavegateError>;

export const refused = (
  code: ErrorCode,
  message: string,
  details: { readonly hint: string; readonly place?: FilePlace },
): Result<never, WavegateError> => err(new WavegateError(code, message, details));
