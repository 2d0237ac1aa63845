/**
 * What is done when a risk of a category happens all the same: the usual first answers of incident and project practice,
 * to be fitted by the team. A category that is not here has none, and the analyst says so.
 */
export const CONTINGENCIES: Readonly<Record<string, string>> = {
  accessibility:
    "Give the people concerned another way to the same result, and mend the blocking view before the next release.",
  assumption:
    "Stop the work that rests on it, say what it costs, and have the owner decide with the corrected premise.",
  authentication:
    "End all sessions, lock the way in that was used, have credentials renewed, and tell those concerned.",
  authorisation:
    "Close the operation for everyone but administrators until the check is mended; list from the log who saw what.",
  "card payments":
    "Switch charging off, keep orders as unpaid, and settle or refund from the provider's records.",
  children:
    "Take the feature away from the accounts concerned, keep the evidence, and have whoever answers for it decide.",
  compatibility:
    "Go back to the version that the others expect, and bring the change in behind a version of its own.",
  concurrency:
    "Serialise the operation with one lock although it is slow, and repair what was written twice from the log.",
  contradiction:
    "Follow the stricter statement, mark what was built on the other, and have the owner settle it.",
  "data migration":
    "Stop, restore the copy made before, and repeat on a copy until the counts agree.",
  deletion: "Restore from the last backup, block deleting, and replay what was entered since.",
  "everything first":
    "Deliver what is finished in the order of the stories' priorities, and move the rest with a new date.",
  "files of the user":
    "Stop writing, keep what is there as it is, and restore the originals from the copy made before.",
  "health data":
    "Switch access off, keep the evidence, and report within the time that the law sets.",
  internationalisation:
    "Show the default language with the original value beside it until the texts are right.",
  "manual copies of one truth":
    "Name one copy the true one, correct the others from it, and make the copying a step that is checked.",
  money:
    "Stop the postings concerned, reconcile against the source, and correct by counter-entries, never by editing.",
  notifications:
    "Stop sending, empty the queue of what is out of date, and send one message that explains.",
  offline: "Keep both versions of what conflicts, show them to the person, and let them choose.",
  "open clarifications":
    "Build the smallest form that fits every answer still possible, behind a switch, and decide when it is shown.",
  privacy:
    "Switch the processing off, find out whose data is concerned, and report within the time that the law sets.",
  "scale and response time":
    "Shed what can wait, limit requests for each user, and answer from what was computed before.",
  sessions: "End all sessions and have everybody sign in again.",
  "shell and subprocesses":
    "Take the permission to start programs away, and check what was run from the log.",
  "third party":
    "Work on with the last known data, say so to the users, and queue what must be sent.",
  time: "Store what was meant as it was entered, recompute the times from it, and tell those whose dates moved.",
  "unanswered edge cases":
    "Refuse the case with a message that says so, log it, and decide from the cases that occur.",
  "untestable requirements":
    "Have the person who asked for it accept it by looking, and write down what they looked at as its test.",
  "user content":
    "Take the content out of sight, keep it as evidence, and check what else came from the same source.",
};
