import { int } from "../problem.ts";
import type { CrewProblem, OptionTable } from "./crew-problem.ts";

/** A number for each activity, the same for those that need the same people and resources, for whatever time: 0, 1, … by first use. */
export function alikeOf({ size, options }: CrewProblem): Int32Array {
  const numbers = new Map<string, number>();
  const alike = new Int32Array(size);
  for (let activity = 0; activity < size; activity++) {
    let key = "";
    const last = int(options.starts, activity + 1);
    for (let option = int(options.starts, activity); option < last; option++)
      key += `${keyOf(options, option)};`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    alike[activity] = number;
  }
  return alike;
}

/** The same for options: a number for each. */
export function alikeOptions({ options }: CrewProblem): Int32Array {
  const numbers = new Map<string, number>();
  return options.work.map((_, option) => {
    const key = keyOf(options, option);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

const keyOf = ({ needs, demands }: OptionTable, option: number): string =>
  `${pairs(needs.starts, option, needs.pools, needs.counts)}/${pairs(demands.starts, option, demands.resources, demands.amounts)}`;

function pairs(starts: Int32Array, option: number, one: Int32Array, other: Int32Array): string {
  let text = "";
  for (let slot = int(starts, option); slot < int(starts, option + 1); slot++)
    text += `${int(one, slot)}x${int(other, slot)},`;
  return text;
}
