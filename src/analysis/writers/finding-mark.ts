const MARK = /\n<!-- wavegate analyze ([0-9a-f]{64}) -->\n$/;

/** What stands last in a finding's file: the digest of all before it, so that a file that somebody changed is told from one as written. */
export const findingMark = (digest: string): string => `\n<!-- wavegate analyze ${digest} -->\n`;

/** The text before the mark and the digest in it; undefined of a file that no analysis wrote. */
export function markedFinding(
  file: string,
): { readonly text: string; readonly digest: string } | undefined {
  const [mark, digest] = MARK.exec(file.slice(-200)) ?? [];
  return mark === undefined || digest === undefined
    ? undefined
    : { text: file.slice(0, -mark.length), digest };
}
