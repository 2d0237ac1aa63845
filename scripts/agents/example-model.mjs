/**
 * A model that carries out the shipped plan (`examples/plan-run`) by the puppet's script, with the tools of whichever agent asks it: it writes
 * whole files, reads those that it changes before it writes them, runs the tests that the script runs, and reports.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runCommandCall, writeFileCall } from "../../dist/testing/index.js";
import { EXAMPLE_REPOSITORY, EXAMPLE_SCRIPT } from "../plan-example.mjs";
import { aside } from "./scripted-model.mjs";

const FOLDER = path.dirname(EXAMPLE_SCRIPT);
/** What stands around a file that is shown, so that it is known to the last byte. */
const [BEGIN, END] = ["== first line below", "== last line above"];

/** Steps of the script that change a file, as functions of its text. */
const EDITS = {
  append:
    ({ text }) =>
    (before) =>
      before + text,
  replace:
    ({ find, text }) =>
    (before) =>
      swap(before, find, text),
  after:
    ({ find, text }) =>
    (before) =>
      swap(before, find, find + text),
};

function swap(before, find, text) {
  const parts = before.split(find);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} times in the file: ${find}`);
  return parts.join(text);
}

/** Turns of one task: each makes one call of what came back from the call before it. */
function turnsOf(steps) {
  const turns = [];
  const open = new Map();
  for (const step of steps) {
    const [name, value] = Object.entries(step)[0];
    if (name in EDITS) {
      const edits = open.get(value) ?? [];
      if (!open.has(value)) turns.push(...changed(value, edits));
      open.set(value, edits);
      edits.push(EDITS[name](step));
    } else turns.push(...(TURNS[name]?.(value) ?? []));
  }
  return turns;
}

const write = (file, text) => ({
  label: `write ${file}`,
  call: (request) => writeFileCall(request, file, text),
});

const command = (line) => ({
  label: `run ${line.slice(0, 80)}`,
  call: (request) => runCommandCall(request, line),
});

/** Read, then written with all the changes that the task makes to it. */
const changed = (file, edits) => [
  { ...command(`echo '${BEGIN}'; cat ${file}; echo '${END}'`), label: `read ${file}` },
  {
    label: `write ${file}`,
    call: (request, shown) =>
      writeFileCall(
        request,
        file,
        edits.reduce((text, edit) => edit(text), textIn(shown)),
      ),
  },
];

function textIn(shown) {
  const end = shown.lastIndexOf(END);
  const begin = shown.lastIndexOf(BEGIN, end);
  if (begin < 0) throw new Error(`no file is shown: ${shown.slice(0, 400)}`);
  return shown.slice(begin + BEGIN.length + 1, end);
}

const word = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

const TURNS = {
  tree: (name) => {
    const files = readdirSync(path.join(FOLDER, name), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => path.relative(path.join(FOLDER, name), path.join(each.parentPath, each.name)));
    const folders = new Set(files.map((file) => path.dirname(file)));
    const missing = [...folders].filter((each) => !existsSync(path.join(EXAMPLE_REPOSITORY, each)));
    return [
      ...missing.map((each) => command(`mkdir -p ${each}`)),
      ...files.map((file) => write(file, readFileSync(path.join(FOLDER, name, file), "utf8"))),
    ];
  },
  executable: (file) => [command(`chmod +x ${file}`)],
  run: (words) => [command(words.map(word).join(" "))],
};

/** What the agent ends with. */
function resultOf(steps) {
  for (const step of steps.toReversed()) {
    if ("report" in step) return { task_report: step.report };
    if ("answer" in step) return step.answer;
  }
  return { task_report: { summary: "Done." } };
}

/** The script of a model server (`startModelServer`). */
export function exampleModel() {
  const { tasks } = JSON.parse(readFileSync(EXAMPLE_SCRIPT, "utf8"));
  const turns = new Map(Object.entries(tasks).map(([key, steps]) => [key, turnsOf(steps)]));
  return (request) => {
    const texts = request.messages.filter(({ from }) => from === "user").map(({ text }) => text);
    const [, key] =
      texts.map((text) => /^# (?:Task|Verify) ([^:\n]+):/m.exec(text)).find(Boolean) ?? [];
    const steps = turns.get(key);
    if (steps === undefined || request.tools.length === 0) return aside(request);
    const results = request.messages.filter(({ from }) => from === "result");
    const turn = steps[results.length];
    if (turn === undefined) return { object: resultOf(tasks[key]), label: `${key} report` };
    const call = turn.call(request, results.at(-1)?.text ?? "");
    return call
      ? { calls: [call], label: `${key} ${turn.label} by ${call.tool}` }
      : { text: "There is no tool for it.", label: `${key} can't ${turn.label}` };
  };
}
