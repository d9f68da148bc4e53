/**
 * A function that answers as `work` does, and works out nothing that it remembers. It remembers at most so many answers; when there
 * would be more, it forgets them all and begins anew.
 */
export function remembering<K, V>(most: number, work: (of: K) => V): (of: K) => V {
  const known = new Map<K, V>();
  return (of) => {
    const seen = known.get(of);
    if (seen !== undefined) return seen;
    const answer = work(of);
    if (known.size >= most) known.clear();
    known.set(of, answer);
    return answer;
  };
}

/** Clients send the same few headers. */
const headersMost = 100;
const headerCharactersMost = 300;

/** The same for what is read of a header; a header longer than any browser's is read each time. */
export function rememberingHeaders<V>(work: (header: string) => V): (header: string) => V {
  const remembered = remembering(headersMost, work);
  return (header) => (header.length > headerCharactersMost ? work(header) : remembered(header));
}
