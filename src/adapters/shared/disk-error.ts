import { diskError, systemCode } from "../../core/disk-error.ts";
import { WavegateError } from "../../core/error.ts";

/** Whether a file error only says that nothing is there. */
export const isMissing = (cause: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes(systemCode(cause) ?? "");

/** Run an action on a file, with its disk errors translated. */
export async function onDisk<T>(
  file: string,
  bytes: number | undefined,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw systemCode(cause) === "ELOOP" ? isLink(file, cause) : diskError(cause, file, bytes);
  }
}

const isLink = (file: string, cause: unknown): WavegateError =>
  new WavegateError("PROJECT_NOT_WRITABLE", `${file} is a symbolic link.`, {
    hint: "Remove the link: files of the state folder are never links.",
    cause,
  });
