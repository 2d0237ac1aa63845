import { storable } from "../../shared/safe-json.ts";

/** Most that is kept of what an agent said of its work, in characters: the end, where it sums up. */
const MOST = 16_384;

/** What an agent that worked said last; nothing where it said nothing. */
export function lastWords(text: string): { readonly said?: string } {
  const said = storable(text.trim().slice(-MOST));
  return said === "" ? {} : { said };
}
