import type { FilePlace } from "../../../core/place.ts";
import { report, type ScheduleCode, type ScheduleDiagnostic } from "../../project/report.ts";
import { shownPath, shownValue, type Document, type Path } from "../document.ts";

/** Collects problems of values that have the right form. */
export class Reading {
  readonly problems: ScheduleDiagnostic[] = [];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  placeOf(path: Path, part: "key" | "value" = "value"): FilePlace {
    return this.#document.placeOf(path, part);
  }

  tell(code: ScheduleCode, path: Path, message: string): void {
    this.problems.push(report(code, this.placeOf(path), message));
  }

  /** `value` as it was read; told where it could not be. */
  read<Read>(
    path: Path,
    read: Read | undefined,
    {
      value,
      wanted,
      instead,
    }: { readonly value: unknown; readonly wanted: string; readonly instead: Read },
  ): Read {
    if (read !== undefined) return read;
    this.tell(
      "SCHEDULE_FIELD_INVALID",
      path,
      `${shownPath(path)} must be ${wanted}, not ${shownValue(value)}`,
    );
    return instead;
  }
}
