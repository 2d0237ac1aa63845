import type { Mention, WaveFact, WaveList } from "./facts.ts";
import { NAMES } from "./names.ts";
import { field, find, items, wordOf, type Item, type Value } from "../../core/json-values.ts";

/** The lists of waves of a document: of an execution plan, of a graph's analysis, of an inventory (FORMATS §2.1). */
export function readWaves(document: Value): readonly WaveList[] {
  const lists: WaveList[] = [];
  for (const name of NAMES.waveLists) {
    const value = find(document, name);
    if (!value || value.node.kind === "scalar") continue;
    const waves = items(value).flatMap((item, index) => readWave(item, index));
    if (waves.length > 0) lists.push({ value, waves });
  }
  return [...lists, ...namedWaves(document)];
}

/** `{"wave_1": ["phase-1"], "wave_2": […]}` */
function namedWaves(document: Value): readonly WaveList[] {
  const value = find(document, "parallel_execution_plan");
  const waves = items(value).flatMap((item, index) =>
    /^wave[\s_-]?\d{1,6}$/i.test(item.name ?? "") ? readWave(item, index) : [],
  );
  return value && waves.length > 0 ? [{ value, waves }] : [];
}

function readWave(item: Item, index: number): readonly WaveFact[] {
  if (item.node.kind === "scalar") return [];
  const listed = item.node.kind === "map" ? field(item, ...NAMES.waveMembers) : item;
  const number =
    wordOf(field(item, ...NAMES.waveNumber)) ??
    /\d{1,6}/.exec(item.name ?? "")?.[0] ??
    `${index + 1}`;
  return [{ value: item, number, members: items(listed).flatMap(memberOf) }];
}

function memberOf(item: Item): readonly Mention[] {
  const word =
    item.node.kind === "map"
      ? (wordOf(field(item, ...NAMES.phaseId, ...NAMES.taskId)) ?? item.name)
      : wordOf(item);
  return word === undefined ? [] : [{ word, value: item }];
}
