import type { Task } from "../model.ts";
import type { UsesByTask } from "./plan-uses.ts";
import { usersByResource } from "./users-by-resource.ts";

/** A file that tasks of several stories write: the stories are not as independent as they read. */
export interface SharedFile {
  readonly resource: string;
  /** In the order of the document. */
  readonly stories: readonly string[];
  /** Keys of the tasks of stories that write it. */
  readonly tasks: readonly string[];
}

export interface StorySharing {
  /** Stories that have tasks. */
  readonly stories: number;
  /** Most shared first. */
  readonly files: readonly SharedFile[];
  /** Pairs of stories that write a common file; of the first 200 stories of each file. */
  readonly pairs: number;
}

const MAX_STORIES = 200;

/** Which stories write common files. Of 117 public features with several stories, 101 have some that do (FORMATS §3.3). */
export function sharedByStories(
  tasks: Iterable<readonly [key: string, task: Task]>,
  uses: UsesByTask,
): StorySharing {
  const storiesOf = new Map<string, readonly string[]>();
  for (const [key, task] of tasks) if (task.stories.length > 0) storiesOf.set(key, task.stories);
  const files = usersByResource(uses).resources.flatMap(({ resource, kind, users }) => {
    if (kind === "other") return [];
    const writers = users.filter(({ task, use }) => use.access === "write" && storiesOf.has(task));
    const stories = [...new Set(writers.flatMap(({ task }) => storiesOf.get(task) ?? []))];
    return stories.length > 1
      ? [{ resource, stories, tasks: writers.map(({ task }) => task) }]
      : [];
  });
  const pairs = new Set(
    files.flatMap(({ stories }) => {
      const some = stories.slice(0, MAX_STORIES);
      return some.flatMap((one, index) =>
        some
          .slice(index + 1)
          .map((other) => (one < other ? `${one}\n${other}` : `${other}\n${one}`)),
      );
    }),
  );
  return {
    stories: new Set([...storiesOf.values()].flat()).size,
    files: files.toSorted(
      (a, b) => b.stories.length - a.stories.length || b.tasks.length - a.tasks.length,
    ),
    pairs: pairs.size,
  };
}
