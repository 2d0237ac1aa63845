/** A position in a user's text. Line and column are 1-based; columns count code points. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A position in a named file of the user. */
export interface FilePlace extends Partial<Place> {
  /** Path as the user wrote it, or relative to the project. */
  readonly file: string;
}

/** `file:line:column`, leaving out what is not known. */
export const formatPlace = (place: FilePlace): string =>
  [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
