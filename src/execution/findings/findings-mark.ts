const MARK = /\n<!-- wavegate run ([0-9a-f]{64}) -->\n$/;

/** Text with what stands last in a file of findings that a run wrote: the digest of all before it. */
export const withMark = (text: string, digestOf: (text: string) => string): string =>
  `${text}\n<!-- wavegate run ${digestOf(text)} -->\n`;

/** Whether a file is as a run wrote it: then the run may write it anew. Anything else is somebody's own, and stays. */
export function isAsWritten(file: string, digestOf: (text: string) => string): boolean {
  const [mark, digest] = MARK.exec(file.slice(-200)) ?? [];
  return mark !== undefined && digestOf(file.slice(0, -mark.length)) === digest;
}
