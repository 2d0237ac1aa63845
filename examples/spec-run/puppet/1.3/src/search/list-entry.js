/** Whether an entry is listed for a searched text (FR-001). */
export function listEntry(_entry, _text) {
  throw new Error("not built yet");
}
