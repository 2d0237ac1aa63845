import fc from "fast-check";
import { expect, test } from "vitest";
import { VersionedMap } from "../../../src/core/versioned-map.ts";

const edits = fc.array(fc.record({ of: fc.nat(), key: fc.nat(5), value: fc.nat() }), {
  maxLength: 200,
});

test("every version stays what it was made, whichever is changed next", () => {
  fc.assert(
    fc.property(edits, fc.boolean(), (all, read) => {
      const versions = [{ map: new VersionedMap<number, number>(), model: new Map() }];
      for (const { of, key, value } of all) {
        // Mostly the newest, as it is used.
        const from = versions[of % 4 === 0 ? of % versions.length : versions.length - 1];
        if (!from) throw new Error("there is always one");
        versions.push({
          map: from.map.with(key, value),
          model: new Map(from.model).set(key, value),
        });
        if (read) expect(from.map.get(key)).toBe(from.model.get(key));
      }
      for (const { map, model } of versions) {
        for (let key = 0; key <= 5; key++) {
          expect(map.get(key)).toBe(model.get(key));
          expect(map.has(key)).toBe(model.has(key));
        }
        expect(map.size).toBe(model.size);
        expect(new Map(map)).toEqual(model);
      }
    }),
  );
});

test("it is not copied where it is one already", () => {
  const map = new VersionedMap([["a", 1]]);
  expect(VersionedMap.of(map)).toBe(map);
  expect([...VersionedMap.of(new Map([["b", 2]]))]).toEqual([["b", 2]]);
});
