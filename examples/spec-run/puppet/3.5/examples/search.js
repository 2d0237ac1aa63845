import { readFileSync } from "node:fs";
import { parseJournal } from "../src/journal.js";
import { entryOf } from "../src/search/entry.js";
import { listEntries } from "../src/search/index.js";

const journal = readFileSync(new URL("may.journal", import.meta.url), "utf8");
for (const { day, payee } of listEntries(parseJournal(journal).map(entryOf), "market"))
  console.log(`${day} ${payee}`);
