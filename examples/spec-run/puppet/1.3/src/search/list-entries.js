/** The entries that are listed for a searched text, in the order of the journal (FR-002). */
export function listEntries(_entries, _text) {
  throw new Error("not built yet");
}
