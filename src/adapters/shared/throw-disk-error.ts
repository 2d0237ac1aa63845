import { diskError } from "../../core/disk-error.ts";

/** For `catch`: throws a failed write on the file as the user can act on it; other errors pass through. */
export const throwDiskError =
  (file: string) =>
  (error: unknown): never => {
    throw diskError(error, file);
  };
