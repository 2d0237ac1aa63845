/** How something reaches people, and the words for it. */
const CHANNELS: readonly RegExp[] = [
  /\be-?mails?\b/iu,
  /\b(?:sms|text messages?)\b/iu,
  /\bpush(?: notifications?| messages?)?\b/iu,
];

const ANNOUNCES =
  /\b(?:notif\p{L}+|remind\p{L}+|alert\p{L}*|messag\p{L}+|newsletters?|send\p{L}*)\b/iu;
const ONLY_CHANNEL = /^\W*(?:e-?mails?|sms|text messages?|push(?: notifications?)?)\W*$/iu;

const SENDS = /\b(?:send|notify|remind|inform|alert|deliver|e-?mail)\p{L}*\b[^.;]{0,120}/iu;
/** "an e-mail address" is no channel. */
const NO_CHANNEL = /\be-?mail (?:address(?:es)?|field|format|and password)\b/giu;

/** Whether a demand sends something by a way that an out-of-scope item rules out: `Notifications (email, push, SMS)`. */
export function sendsDespite(outOfScope: string, demanded: string): boolean {
  if (!ANNOUNCES.test(outOfScope) && !ONLY_CHANNEL.test(outOfScope)) return false;
  const sending = SENDS.exec(demanded.replace(NO_CHANNEL, " "))?.[0];
  return (
    sending !== undefined &&
    CHANNELS.some((channel) => channel.test(outOfScope) && channel.test(sending))
  );
}
