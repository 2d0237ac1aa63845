/** Names of variables that hold secrets: `…KEY`, `…TOKEN`, `…SECRET`, `…PASSWORD` and the like. */
const SECRET_NAME =
  /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|WEBHOOK|_PAT|_PWD|(?:^|_)PASS)(?:S?$|_|\d)|(?:COOKIES?|_AUTH)$/i;

export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Beginnings that only credentials have. For refusing them in a configuration; finding them in text is the redactor's. */
const SECRET_SHAPE =
  /(?:^|[^A-Za-z0-9])(?:sk-|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abp]-|AKIA|AIza)[A-Za-z0-9_-]{12}/;

export const looksSecret = (text: string): boolean => SECRET_SHAPE.test(text);
