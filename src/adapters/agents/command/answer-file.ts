import { rm } from "node:fs/promises";
import { throwDiskError } from "../../shared/throw-disk-error.ts";
import { filterFile, type MakeFilter } from "../../shared/output/output-file.ts";
import { keepEarlier, openRegular } from "../../shared/output/private-file.ts";

export interface AnswerFileRules {
  readonly makeFilter: MakeFilter | undefined;
  /** Most bytes of it that are kept. */
  readonly most: number;
}

/**
 * Make the answer that a program left in a file fit to be kept and read: without secrets, and cut at the limit. Returns
 * its size in bytes as the program left it; undefined when there is no regular file, which is then left alone. Errors of
 * the disk come out as `WavegateError`.
 */
export async function settleAnswerFile(
  file: string,
  rules: AnswerFileRules,
): Promise<number | undefined> {
  const source = await openRegular(file);
  if (source === undefined) return undefined;
  try {
    const { size } = await source.stat();
    if (size > 0 && (rules.makeFilter || size > rules.most)) await filterFile(source, file, rules);
    return size;
  } finally {
    await source.close();
  }
}

/**
 * Make room for an answer: an earlier one must never count for this attempt. One that a killed start left is kept under
 * a number, without secrets; a folder or a link at its place is removed.
 */
export async function clearAnswerFile(file: string, rules: AnswerFileRules): Promise<void> {
  if ((await settleAnswerFile(file, rules)) !== undefined) await keepEarlier(file);
  else await rm(file, { force: true, recursive: true }).catch(throwDiskError(file));
}
