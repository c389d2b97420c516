/** Says whether a text matches a pattern. */
export type Matcher = (text: string) => boolean;

/** A pattern's element: a literal UTF-16 code unit, or one of the wildcards. */
export type Element = number;

/** Any one character. */
export const anyOne = -1;
/** Any characters, or none. */
export const anyMany = -2;
/** Any one character except a colon. */
export const segmentOne = -3;
/** Any characters except colons, or none. */
export const segmentMany = -4;

const colon = 58;

/** Builds the cheapest matcher for a pattern. None takes longer than text length times pattern length. */
export function matcherOf(elements: readonly Element[]): Matcher {
  const wild = elements.findIndex((element) => element < 0);
  if (wild === -1) {
    const literal = textOf(elements);
    return (text) => text === literal;
  }
  const prefix = textOf(elements.slice(0, wild));
  if (wild === elements.length - 1 && elements[wild] === anyMany) {
    return prefix === '' ? () => true : (text) => text.startsWith(prefix);
  }
  const rest = elements.slice(wild);
  const run = rest.includes(segmentMany) ? everyWay : greedily;
  return (text) => text.startsWith(prefix) && run(rest, text, prefix.length);
}

function textOf(elements: readonly Element[]): string {
  return elements.map((element) => String.fromCharCode(element)).join('');
}

function takes(element: Element | undefined, code: number): boolean {
  if (element === anyOne) return true;
  if (element === segmentOne) return code !== colon;
  return element === code;
}

/** Backtracks only to the last `*`, which is enough as long as every `*` can match any character. */
function greedily(elements: readonly Element[], text: string, from: number): boolean {
  let at = 0;
  let position = from;
  let star = -1;
  let resume = from;
  while (position < text.length) {
    if (elements[at] === anyMany) {
      star = at++;
      resume = position;
    } else if (takes(elements[at], text.charCodeAt(position))) {
      at++;
      position++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      position = ++resume;
    }
  }
  while (elements[at] === anyMany) at++;
  return at === elements.length;
}

/**
 * Follows all alternatives at once: a `*` that stops at a colon may have to give way to an earlier one that doesn't.
 */
function everyWay(elements: readonly Element[], text: string, from: number): boolean {
  let open = new Uint8Array(elements.length + 1);
  open[0] = 1;
  skipStars(elements, open);
  for (let position = from; position < text.length; position++) {
    const code = text.charCodeAt(position);
    const next = new Uint8Array(elements.length + 1);
    for (let at = 0; at < elements.length; at++) {
      if (open[at] === 0) continue;
      const element = elements[at];
      if (element === anyMany || (element === segmentMany && code !== colon)) next[at] = 1;
      else if (takes(element, code)) next[at + 1] = 1;
    }
    skipStars(elements, next);
    open = next;
  }
  return open[elements.length] === 1;
}

/** A `*` can also match nothing. */
function skipStars(elements: readonly Element[], open: Uint8Array): void {
  for (let at = 0; at < elements.length; at++) {
    if (open[at] === 1 && (elements[at] === anyMany || elements[at] === segmentMany)) open[at + 1] = 1;
  }
}
