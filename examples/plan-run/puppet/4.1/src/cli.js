import { readFileSync } from "node:fs";
import { balancesOf } from "./balance.js";
import { parseJournal } from "./journal.js";
import { formatMoney } from "./money.js";
import { tableOf } from "./table.js";

const USAGE = `Usage:
  pennybook balance JOURNAL [--from DAY] [--until DAY]
`;

/** Do what the arguments say: the text to print. Throws an error with `usage` where they say nothing that is known. */
export function run([command, file, ...more]) {
  const options = optionsIn(more);
  if (file === undefined) throw usage("name a file");
  switch (command) {
    case "balance":
      return balance(readFileSync(file, "utf8"), options);
    default:
      throw usage(`there is no command ${command}`);
  }
}

function balance(text, options) {
  const rows = balancesOf(parseJournal(text), options).map(([account, amounts]) => [
    account,
    amounts.map(formatMoney).join(", ") || "0",
  ]);
  return `${tableOf(rows, { right: [1] })}\n`;
}

/** `--from DAY` and the like, by name. */
function optionsIn(words) {
  const options = {};
  for (let at = 0; at < words.length; at += 2) {
    const [, name] = /^--([a-z]+)$/.exec(words[at]) ?? [];
    if (name === undefined || words[at + 1] === undefined) throw usage(`not an option: ${words[at]}`);
    options[name] = words[at + 1];
  }
  return options;
}

const usage = (message) => Object.assign(new Error(`${message}\n\n${USAGE}`), { usage: true });
