import type { DocumentationPlan } from "../../../../../stage/contracts/preparation.ts";

export type Document = DocumentationPlan["documents"][number];

/** Most sections or examples of one document. */
export const MOST = 12;
