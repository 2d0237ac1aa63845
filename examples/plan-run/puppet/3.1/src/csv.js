/**
 * CSV as banks write it (RFC 4180): fields may be quoted, then they hold commas, line ends and doubled quotes. Gives one object a record, by
 * the names in the first line. Throws for a quote that nothing closes.
 */
export function parseCsv(text) {
  const [names = [], ...records] = recordsIn(text.replace(/^\uFEFF/, ""));
  return records.map((record) =>
    Object.fromEntries(names.map((name, column) => [name, record[column] ?? ""])),
  );
}

function recordsIn(text) {
  const records = [];
  let record = [];
  let at = 0;
  while (at < text.length) {
    const [field, end] = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at);
    record.push(field);
    at = end + 1;
    if (text[end] === ",") {
      if (at === text.length) record.push("");
      continue;
    }
    if (text[end] === "\r" && text[at] === "\n") at += 1;
    if (record.some((each) => each !== "")) records.push(record);
    record = [];
  }
  return records;
}

function plainAt(text, at) {
  let end = at;
  while (end < text.length && !",\r\n".includes(text[end])) end += 1;
  return [text.slice(at, end), end];
}

function quotedAt(text, at) {
  for (let end = at + 1; ; end += 2) {
    end = text.indexOf('"', end);
    if (end < 0) throw new Error("a quote is not closed");
    if (text[end + 1] !== '"') return [text.slice(at + 1, end).replaceAll('""', '"'), end + 1];
  }
}
