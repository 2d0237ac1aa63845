/** See `bundle.mjs`. */
export function bundleProgram(dist: string): Promise<void>;
