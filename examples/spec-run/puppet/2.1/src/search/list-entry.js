/** Whether an entry is listed for a searched text: its payee contains it, whatever the case of its letters (FR-001). Without a text all are. */
export const listEntry = ({ payee }, text) =>
  payee.toLowerCase().includes(text.toLowerCase());
