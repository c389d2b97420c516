/** Levels of JSON. No shape of these services has more, and what walks it calls itself for each. */
export const mostLevels = 100;

/** Whether more objects and lists than that are open at once. */
export function nestsTooDeeply(text: string): boolean {
  if (text.length <= mostLevels) return false;
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfText(text, at);
    else if (sign === '[' || sign === '{') open += 1;
    else if (sign === ']' || sign === '}') open -= 1;
    if (open > mostLevels) return true;
  }
  return false;
}

/** Where the text ends that begins here: a function's code is one of millions of characters. */
function endOfText(json: string, begin: number): number {
  let end = begin;
  let isEscaped = true;
  while (isEscaped) {
    end = json.indexOf('"', end + 1);
    if (end < 0) return json.length;
    let before = end;
    while (json[before - 1] === '\\') before -= 1;
    isEscaped = (end - before) % 2 === 1;
  }
  return end;
}
