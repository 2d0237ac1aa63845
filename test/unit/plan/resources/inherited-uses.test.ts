import { expect, test } from "vitest";
import { exclusionsOf } from "../../../../src/plan/resources/exclusions.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { taskOf } from "./tasks.ts";

const part = (key: string, parent: string, text: string) => taskOf(key, { parent, text });

const tasks = [
  taskOf("1", { text: "Add a server in `src/server.ts`, like `src/old.ts`" }),
  part("1.1", "1", "Add a writer"),
  part("1.2", "1", "Write `docs/server.md`"),
  part("1.3", "1", "Handlers"),
  part("1.3.1", "1.3", "Pause"),
  taskOf("2", {
    text: "Files of the field",
    files: [{ path: "src/client.ts", access: "write", place: { file: "tasks.md", line: 2 } }],
  }),
  part("2.1", "2", "Send"),
  part("2.2", "2", "Receive through `src/server.ts`"),
  taskOf("3", { text: "Update `src/server.ts`" }),
];
const uses = usesOfTasks(tasks.map((task) => [task.key, task] as const));
const written = (key: string) =>
  (uses.get(key) ?? []).filter(({ access }) => access === "write").map(({ resource }) => resource);

test("a sub-task uses what its parent names, as a guess, unless it names what it changes itself", () => {
  expect(written("1.1")).toEqual(["src/server.ts"]);
  expect(written("1.2")).toEqual(["docs/server.md"]);
  expect(written("1.3.1")).toEqual(["src/server.ts"]);
  expect(uses.get("1.1")).toContainEqual({
    resource: "src/server.ts",
    kind: "file",
    access: "write",
    sure: false,
    source: "mention",
    place: { file: "tasks.md", line: 1 },
  });
  expect(uses.get("2.1")).toMatchObject([{ resource: "src/client.ts", sure: false }]);
});

test("who is done by sub-tasks uses nothing; sub-tasks of one file exclude each other and others of it", () => {
  for (const parent of ["1", "1.3", "2"]) expect(uses.get(parent)).toEqual([]);
  const exclusions = exclusionsOf(uses);
  expect(exclusions.clash("1.1", "1.3.1")).toBe("src/server.ts");
  expect(exclusions.clash("1.1", "1.2")).toBeUndefined();
  expect(exclusions.clash("1.1", "3")).toBe("src/server.ts");
  expect(exclusions.clash("1", "3")).toBeUndefined();
});
