import type { Link } from "../project/project.ts";

/** What an activity waited for: why it does not start sooner. */
export type Reason =
  /** It starts with the project. */
  | { readonly kind: "start" }
  /** It was started before the plan was made. */
  | { readonly kind: "fixed" }
  /** It may not start before a date. */
  | { readonly kind: "not-before" }
  | { readonly kind: "link"; readonly after: string; readonly link: Link }
  | { readonly kind: "sync"; readonly sync: string; readonly after: string }
  /** Somebody, a team's limit or a shared resource is busy with the activity `after`. */
  | { readonly kind: "person"; readonly after: string; readonly person: string }
  | { readonly kind: "team"; readonly after: string; readonly team: string }
  | { readonly kind: "resource"; readonly after: string; readonly resource: string }
  /** Its people have no working time until then, from the end of what it waited for by a link, if it did. */
  | { readonly kind: "calendar"; readonly after?: string; readonly link?: Link }
  /** Nothing held it: it could start sooner without changing who does what in which order. */
  | { readonly kind: "choice"; readonly after?: string };
