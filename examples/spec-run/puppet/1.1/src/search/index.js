/** Entries of a journal, found by what was paid to whom. What is kept is in `entry.js`, what is offered in `list-*.js`. */
export {};
