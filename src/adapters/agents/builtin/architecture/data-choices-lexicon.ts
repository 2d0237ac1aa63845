import type { Choice } from "./choice.ts";

/** Choices about how things are stored, found, shown and driven. */
export const DATA_CHOICES: readonly Choice[] = [
  {
    topic: "How money is stored",
    when: /(?:\$\s?\d|€\s?\d|\d\s?€|\b(?:balance|amount of money|monetary|currency|deposit amount|allowance)\b)/iu,
    unless:
      /\b(?:already (?:have|has|holds?|keeps?|stores?)\b[^.]{0,40}\bbalances?|existing (?:account )?balances?|existing (?:deposit|withdrawal|payment|transaction)s?\b)/iu,
    options: [
      {
        name: "Whole numbers of the smallest unit",
        decided: /\b(?:in cents|integer cents|minor units?)\b/iu,
        pros: [
          "Exact sums in every language",
          { text: "Fits limits given to the cent", when: /\b(?:cents?|\$0\.01)\b/iu },
        ],
        cons: ["Must be formatted for people; the currency must be known"],
      },
      {
        name: "Decimal type of the database",
        decided: /\b(?:decimal type|numeric\(\d)/iu,
        pros: ["Readable in queries"],
        cons: ["Becomes a float as soon as a client parses it as JSON number"],
      },
    ],
  },
  {
    topic: "Live updates",
    when: /\b(?:real[- ]time|live updates?|websockets?|server-sent events|without (?:page )?(?:refresh|reload)\w*)\b/iu,
    options: [
      {
        name: "Polling",
        decided: /\bpoll(?:s|ing)? every\b/iu,
        pros: ["No state on the server"],
        cons: ["Late by up to an interval; load grows with open pages"],
      },
      {
        name: "Server-sent events",
        decided: /\bserver-sent events|\bsse\b/iu,
        pros: ["Plain HTTP, reconnects by itself"],
        cons: ["One way only"],
      },
      {
        name: "WebSocket",
        decided: /\bwebsockets?\b/iu,
        pros: ["Both ways at once"],
        cons: ["Own protocol, own authentication and reconnect"],
      },
    ],
  },
  {
    topic: "Search",
    when: /\b(?:full-text search|search (?:by|for|projects|work items|events|across)|search\/filter|keyword search|partial match)\b/iu,
    options: [
      {
        name: "Index of the main database",
        decided: /\b(?:ilike|tsvector|database (?:full-text|index))\b/iu,
        pros: ["No second store to keep in step"],
        cons: ["Ranking and typo tolerance are limited"],
      },
      {
        name: "Search engine",
        decided: /\b(?:elasticsearch|opensearch|meilisearch|algolia|typesense)\b/iu,
        pros: ["Ranking, typos, facets"],
        cons: ["A second copy of the data that can be late or wrong"],
      },
    ],
  },
  {
    topic: "Uploaded files",
    when: /\b(?:upload\w*|avatar|attachments?|image files?|photos?)\b/iu,
    options: [
      {
        name: "Object storage with signed addresses",
        decided: /\b(?:s3|blob storage|object storage|signed urls?)\b/iu,
        pros: ["Files do not pass through the application"],
        cons: ["Access rights live in two places"],
      },
      {
        name: "Disk or database of the application",
        decided: /\b(?:local disk|stored on disk|bytea)\b/iu,
        pros: ["One backup"],
        cons: ["Grows with every upload; hard to spread over machines"],
      },
    ],
  },
  {
    topic: "Storing a tree",
    when: /\b(?:hierarch\w+|parent item|sub-?items?|location tree|ancestors?|descendants?)\b/iu,
    options: [
      {
        name: "Parent reference, walked with recursive queries",
        decided: /\b(?:parent_id|parent reference|adjacency)\b/iu,
        pros: ["A move is one write"],
        cons: ["Depth costs at reading time"],
      },
      {
        name: "Stored path or closure table",
        decided: /\b(?:materiali[sz]ed path|closure table|ltree)\b/iu,
        pros: ["Subtree and ancestors in one query"],
        cons: [
          {
            text: "A move rewrites the whole subtree",
            when: /\b(?:move|re-?parent\w*|change[sd]? (?:its|the) parent)\b/iu,
          },
        ],
      },
    ],
  },
  {
    topic: "Who drives the loop",
    when: /\b(?:loop (?:orchestration|commands?|scripts?)|orchestrat\w+ loops?|one sub-?agent per iteration)\b/iu,
    options: [
      {
        name: "Sub-agents started by the command's session",
        decided: /\b(?:agent tool|task tool)\b/iu,
        pros: ["Fresh context for each turn", "No process of our own to supervise"],
        cons: [
          "The order of steps rests on a prompt being followed",
          {
            text: "Single shell calls inside it are cut off by their time limit",
            when: /\b(?:10-minute|600s|timeout)\b/iu,
          },
        ],
      },
      {
        name: "Shell script that starts one process per turn",
        decided: /\bdelegate entirely to (?:bash|scripts)\b/iu,
        pros: ["Order and limits are code"],
        cons: [
          "Context must be passed through files",
          "Interactive permission prompts need a flag",
        ],
      },
    ],
  },
  {
    topic: "Copies of one file in several places",
    when: /\b(?:copies of each|identical (?:content|copies)|byte-identical|copies stay in sync|all \d copies)\b/iu,
    options: [
      {
        name: "Copied by the install script, compared in a test",
        decided: /\b(?:verified by diff|copied by|setup\.sh copies)\b/iu,
        pros: ["Works on every platform and in every tool"],
        cons: ["Parts again with the first edit of a copy unless the test runs"],
      },
      {
        name: "Links to one file",
        decided: /\bsymlink\w*/iu,
        pros: ["Can't part"],
        cons: [
          "Not kept by archives and some platforms",
          {
            text: "Does not reach a place outside the repository",
            when: /~\/|\bglobal(?:ly)? (?:installed )?cop\w+/iu,
          },
        ],
      },
    ],
  },
  {
    topic: "Where the tool keeps its state",
    when: /\b(?:registry|lane records?|metadata (?:as|under|document)|manifest|numbered project-local|flow state|state file)\b/iu,
    options: [
      {
        name: "Text files in the repository",
        decided:
          /(?:\.specify\/|registry json|raw json|markdown (?:file|document)|manifest section|project-local)/iu,
        pros: ["Seen in reviews, kept with the branch"],
        cons: ["Two writers can lose an update; needs a lock or one file per record"],
      },
      {
        name: "Embedded database outside the repository",
        decided: /\b(?:sqlite|embedded database)\b/iu,
        pros: ["Transactions"],
        cons: ["Invisible in reviews, bound to one machine"],
      },
    ],
  },
  {
    topic: "Offline work",
    when: /\b(?:offline|without (?:a )?(?:network|connectivity)|hors ligne)\b/iu,
    options: [
      {
        name: "Read from a local copy, write only online",
        decided: /\bread-only offline\b/iu,
        pros: ["No conflicts"],
        cons: ["Nothing can be entered on the road"],
      },
      {
        name: "Local writes, sent later",
        decided: /\b(?:sync (?:when|once)|queued? (?:changes|writes))\b/iu,
        pros: ["Works anywhere"],
        cons: ["Conflicts need a rule the user understands"],
      },
    ],
  },
];
