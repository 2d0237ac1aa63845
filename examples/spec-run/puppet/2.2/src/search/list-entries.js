import { listEntry } from "./list-entry.js";
import { searchedText } from "./searched-text.js";

/** The entries that are listed for a searched text, in the order of the journal (FR-002). */
export function listEntries(entries, text, isListed = listEntry) {
  const searched = searchedText(text);
  return entries
    .filter((entry) => isListed(entry, searched))
    .toSorted((one, other) => one.line - other.line);
}
