/**
 * Whether a relative path, as `path.relative` gives it, leads out of the folder it starts in. A name that only begins
 * with dots does not.
 *
 * @param separator of this system's paths
 */
export const leadsOut = (relative: string, separator: string): boolean =>
  relative === ".." || relative.startsWith(`..${separator}`);
