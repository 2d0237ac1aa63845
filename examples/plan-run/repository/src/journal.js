import { parseMoney } from "./money.js";

const HEAD = /^(\d{4}-\d{2}-\d{2})\s+(\S.*)$/;
const POSTING = /^\s+(\S+(?: \S+)*?)\s{2,}(-?\d\S*\s+[A-Z]{3})\s*$/;

/**
 * Read a journal: entries with their line, day, payee and postings. Empty lines end an entry; lines that begin with `;` are
 * remarks. Throws for a line that is neither, with its number.
 */
export function parseJournal(text) {
  const entries = [];
  let entry;
  text.split(/\r?\n/).forEach((content, index) => {
    const line = index + 1;
    if (content.trim() === "") entry = undefined;
    else if (content.startsWith(";")) return;
    else if (/^\S/.test(content)) entries.push((entry = headOf(content, line)));
    else if (entry === undefined) throw new Error(`line ${line}: a posting without an entry`);
    else entry.postings.push(postingOf(content, line));
  });
  return entries;
}

function headOf(content, line) {
  const [, date, payee] = HEAD.exec(content) ?? [];
  if (date === undefined) throw new Error(`line ${line}: neither an entry nor a posting: ${content}`);
  return { line, date, payee: payee.trim(), postings: [] };
}

function postingOf(content, line) {
  const [, account, amount] = POSTING.exec(content) ?? [];
  if (account === undefined) throw new Error(`line ${line}: not a posting: ${content.trim()}`);
  return { line, account, amount: parseMoney(amount) };
}
