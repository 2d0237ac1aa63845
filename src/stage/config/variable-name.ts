/** The name of an environment variable. */
export const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The same, or with a final `*` for any ending. */
export const ENV_PATTERN = /^[A-Za-z_][A-Za-z0-9_]*\*?$/;
