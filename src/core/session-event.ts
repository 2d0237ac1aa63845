/** The kinds of messages between sessions (S3 `message_types`). */
export type MessageType = "coordination" | "status" | "conflict" | "sync_request";

export type SessionStatus = "created" | "active" | "coordinating" | "completed" | "archived";

/** What somebody has to be told of after a while (S3 `escalation_thresholds`). */
export type ConcernKind = "conflict" | "dependency" | "quality";

/** What happens between the parts of a run of plans: sessions, risks, gates of waves, checkpoints. Keys are those of tasks. */
export type SessionEvent =
  | {
      readonly type: "session-advanced";
      /** `session_001` */
      readonly session: string;
      readonly title: string;
      readonly from: SessionStatus;
      readonly to: SessionStatus;
      readonly why: string;
      /** Tasks and verifications of it that are finished, and how many it has. */
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly type: "message-sent";
      /** 1, 2, …, in the run. */
      readonly message: number;
      readonly kind: MessageType;
      /** A session, or `orchestrator`. */
      readonly from: string;
      readonly to: readonly string[];
      readonly about: readonly string[];
      readonly text: string;
    }
  | {
      /** A threshold was reached: somebody with this role has to see to it. */
      readonly type: "escalation-raised";
      readonly concern: ConcernKind;
      readonly about: string;
      readonly sessions: readonly string[];
      /** A role of the decision hierarchy. */
      readonly to: string;
      readonly afterMinutes: number;
      /** S3's word for the rule. */
      readonly rule: string;
      readonly text: string;
    }
  | {
      readonly type: "escalation-settled";
      readonly concern: ConcernKind;
      readonly about: string;
      readonly afterMinutes: number;
    }
  | {
      /** What a risk is recognised by was measured: its response is due. */
      readonly type: "risk-raised";
      readonly risk: string;
      readonly name: string;
      readonly level: "low" | "medium" | "high";
      readonly metric: string;
      readonly value: number;
      readonly threshold: number;
      readonly unit: string;
      readonly about: readonly string[];
      /** A role. */
      readonly owner: string;
      readonly response: readonly string[];
      readonly contingency: string;
    }
  | {
      readonly type: "risk-settled";
      readonly risk: string;
      readonly name: string;
      readonly value: number;
    }
  | {
      /** The quality gate of a wave was looked at, as all that it waits for is done. */
      readonly type: "wave-judged";
      /** `qg_001` */
      readonly gate: string;
      readonly wave: number;
      readonly name: string;
      readonly outcome: "passed" | "failed" | "asks";
      readonly criteria: readonly {
        readonly text: string;
        readonly outcome: "met" | "unmet" | "for-person";
        readonly shown: string;
      }[];
      /** Roles. */
      readonly approvers: readonly string[];
      /** Who let it pass, where a person did. */
      readonly by?: string;
    }
  | {
      readonly type: "checkpoint-taken";
      /** `checkpoint_001` */
      readonly checkpoint: string;
      readonly title: string;
      readonly done: number;
      readonly of: number;
      readonly issues: number;
      readonly deviations: number;
      /** Where one can go back to. */
      readonly rollback?: { readonly ref: string; readonly commit: string };
      /** Of the document. */
      readonly digest?: string;
    }
  | {
      /** A program outside was told, or could not be. */
      readonly type: "notice-sent";
      /** What of: a type of these events, and what that was about. */
      readonly of: string;
      readonly about: string;
      /** Its origin. */
      readonly to: string;
      readonly outcome: "delivered" | "failed";
      readonly reason?: string;
    };

const TYPES: Readonly<Record<SessionEvent["type"], true>> = {
  "session-advanced": true,
  "message-sent": true,
  "escalation-raised": true,
  "escalation-settled": true,
  "risk-raised": true,
  "risk-settled": true,
  "wave-judged": true,
  "checkpoint-taken": true,
  "notice-sent": true,
};

export const isSessionEvent = (event: { readonly type: string }): event is SessionEvent =>
  Object.hasOwn(TYPES, event.type);
