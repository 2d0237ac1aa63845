/** Titles that try to get out of what they are written into. */
import type { Project } from "../../../../src/schedule/project/project.ts";
import { EXAMPLE } from "./example.ts";

export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "a | b \\| c",
  "line\nbreak\r\nEND:VEVENT\r\nBEGIN:VEVENT",
  "# heading\n\n---\n| x |",
  "- [x] done",
  "```\ncode",
  "`unclosed <b>",
  "[link](javascript:alert(1)) ![img](http://example.invalid/x.png)",
  "<!-- comment",
  "]]> <![CDATA[ </style></svg>",
  "\u202Eright to left\u2066\u200F",
  "\u0000\u001B[31m\uD800\uFFFE",
  "&lt;b&gt; &amp; &#60;",
  "__proto__",
  "constructor",
  "\\",
  "x".repeat(10_000),
  "名前".repeat(5_000),
];

/** The example with all of its names made of one text; ids too, with a number so that they stay different. */
export function named(text: string): Project {
  const id = (old: string) => `${text}${old}`;
  const all = (ids: readonly string[]) => ids.map(id);
  return {
    ...EXAMPLE,
    name: text,
    groups: EXAMPLE.groups.map((each) => ({
      ...each,
      id: id(each.id),
      title: text,
      deliverables: [text],
    })),
    activities: EXAMPLE.activities.map((each) => ({
      ...each,
      id: id(each.id),
      title: text,
      ...(each.group === undefined ? {} : { group: id(each.group) }),
      uses: each.uses.map((use) => ({ ...use, resource: id(use.resource) })),
    })),
    links: EXAMPLE.links.map((each) => ({
      ...each,
      from: id(each.from),
      to: id(each.to),
      origin: text,
    })),
    resources: EXAMPLE.resources.map((each) => ({ ...each, id: id(each.id), title: text })),
    teams: EXAMPLE.teams.map((each) => ({
      ...each,
      id: id(each.id),
      title: text,
      people: each.people.map((one) => ({ ...one, id: id(one.id), title: text })),
    })),
    given: {
      risks: (EXAMPLE.given?.risks ?? []).map((each) => ({
        ...each,
        id: id(each.id),
        name: text,
        category: text,
        probability: text,
        impact: text,
        activities: all(each.activities),
        teams: all(each.teams),
        detection: text,
        trigger: text,
        signs: [text],
        prevention: [text],
        response: [text],
        contingency: text,
        owner: { name: text, why: text },
      })),
      strategies: (EXAMPLE.given?.strategies ?? []).map((each) => ({
        ...each,
        id: id(each.id),
        name: text,
        description: text,
        implementation: [text],
        successMetrics: [text],
        monitoring: text,
        risks: all(each.risks),
      })),
      constraints: (EXAMPLE.given?.constraints ?? []).map((each) => ({
        ...each,
        resource: id(each.resource),
        description: text,
        impact: text,
        mitigation: text,
      })),
    },
    syncPoints: EXAMPLE.syncPoints.map((each) => ({
      ...each,
      id: id(each.id),
      title: text,
      after: all(each.after),
      before: all(each.before),
      participants: all(each.participants),
      triggers: [text],
      preparation: [text],
      criteria: [text],
      onFailure: [text],
      deliverables: [text],
    })),
  };
}
