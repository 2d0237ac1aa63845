/** Make keys unique: the second `1.1` is `1.1#2`. */
export function countedKeys(): (wanted: string) => string {
  const counts = new Map<string, number>();
  return (wanted) => {
    const count = (counts.get(wanted) ?? 0) + 1;
    counts.set(wanted, count);
    return count === 1 ? wanted : `${wanted}#${count}`;
  };
}
