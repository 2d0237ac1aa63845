/** One cycle of a graph as the names along it, the first repeated at the end; undefined when there is none. */
export function findCycle(
  edges: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack = [{ node: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (!top) break;
      if (top.next === 0) {
        if (done.has(top.node)) {
          stack.pop();
          continue;
        }
        path.push(top.node);
        onPath.add(top.node);
      }
      const target = edges.get(top.node)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.node);
        onPath.delete(top.node);
        path.pop();
        stack.pop();
      } else if (onPath.has(target)) return [...path.slice(path.indexOf(target)), target];
      else stack.push({ node: target, next: 0 });
    }
  }
  return undefined;
}
