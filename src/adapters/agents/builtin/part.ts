import type { Json } from "../../../core/json.ts";

/** A part that is played by rules: from the named inputs to the answer's value, telling what it found as it goes. */
export type Part = (inputs: Readonly<Record<string, string>>, say: (line: string) => void) => Json;
