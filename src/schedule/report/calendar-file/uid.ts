/**
 * The name of an event that stays the same when the plan is made anew, so that calendars replace it: what is readable of its id, and 64 bits
 * over all of it (FNV-1a, twice 32).
 */
export function uidOf(project: string, kind: string, id: string): string {
  const words = id
    .slice(0, 200)
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 32);
  const whole = JSON.stringify([project, kind, id]);
  return `${kind}-${words}-${hash(whole, 0x81_1c_9d_c5)}${hash(whole, 0x01_00_01_93)}@wavegate`;
}

function hash(text: string, start: number): string {
  let value = start;
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93);
  return (value >>> 0).toString(16).padStart(8, "0");
}
