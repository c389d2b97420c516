/**
 * Remembers what a function returned for the last `most` texts: it takes long, and is asked for the same again.
 */
export function remembered<Result>(most: number, make: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
