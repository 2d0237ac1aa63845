/** Time by the clock for people, as agents work around it: `45 min`, `5 h 30 min`, `31 h`, from four days on `4 d 7 h`. */
export function clockText(minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return `${rest} min`;
  if (hours < MOST_HOURS) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  const [days, over] = [Math.floor(hours / 24), hours % 24];
  return over === 0 ? `${days} d` : `${days} d ${over} h`;
}

const MOST_HOURS = 96;
