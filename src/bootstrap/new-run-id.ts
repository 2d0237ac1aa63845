import { randomInt } from "node:crypto";

/** No vowels and nothing that is read for something else, so that ids make no words and can be said. */
const LETTERS = "bcdfghjkmnpqrstvwxz23456789";
const RANDOM_LENGTH = 5;
const SLUG_LENGTH = 40;

/** A fresh run id, e.g. `k7f3p-001-lend-tools`: random first, so that a few characters name it. */
export function newRunId(about: string): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
  const slug = about
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? random.join("") : `${random.join("")}-${slug}`;
}
