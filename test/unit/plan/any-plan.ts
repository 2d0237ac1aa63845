import fc from "fast-check";
import type { Plan } from "../../../src/plan/model.ts";
import { explicit, phase, planOf, sequence, task, verification } from "./plans.ts";

const PHASES = 4;
const ids = Array.from(
  { length: PHASES * 4 },
  (_, at) => `${Math.floor(at / 4) + 1}.${(at % 4) + 1}`,
);

/** Small plans of all constructs: phases, marks, sequences, verifications, dependencies in the order of ids or any. */
export const anyPlan = (order: "along" | "any"): fc.Arbitrary<Plan> =>
  fc
    .record({
      chosen: fc.subarray(ids, { minLength: 1 }),
      marks: fc.array(fc.option(fc.boolean(), { nil: undefined }), {
        minLength: 16,
        maxLength: 16,
      }),
      pairs: fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 12 }),
      group: fc.array(fc.nat(15), { maxLength: 4 }),
      checked: fc.subarray([1, 2, 3, 4]),
      blocking: fc.boolean(),
      parents: fc.boolean(),
    })
    .map(({ chosen, marks, pairs, group, checked, blocking, parents }) => {
      const at = (index: number) => chosen[index % chosen.length] ?? "";
      const inOrder = (a: number, b: number) =>
        order === "any" ? [at(a), at(b)] : [at(a), at(b)].toSorted((x, y) => x.localeCompare(y));
      const children = parents
        ? chosen
            .slice(0, 2)
            .map((key) => task(`${key}.1`, { phase: key.split(".")[0], parent: key }))
        : [];
      return planOf({
        phases: [1, 2, 3, 4].map((key) => phase(`${key}`, key > 1 ? [`${key - 1}`] : [])),
        tasks: [...chosen.map((key, index) => task(key, { parallel: marks[index] })), ...children],
        verifications: checked.map((key) =>
          verification(`VERIFY ${key}`, { phase: `${key}`, blocking }),
        ),
        dependencies: pairs
          .map(([a, b]) => inOrder(a, b))
          .filter(([a, b]) => a !== b || order === "any")
          .map(([a = "", b = ""]) => explicit(a, b)),
        sequences: [sequence(...new Set(group.map(at).toSorted((x, y) => x.localeCompare(y))))],
      });
    });
