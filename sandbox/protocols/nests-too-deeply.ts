/** Levels of JSON. No shape of these services has more, and recursive code visits each. */
export const mostLevels = 100;

/** Objects, lists and members of JSON. The largest useful batch has fewer, and parsing more makes others wait. */
export const mostValues = 250_000;

/** Returns the exceeded limit: open levels, or values; undefined if the JSON can be parsed. */
export function excessOf(text: string): 'levels' | 'values' | undefined {
  if (text.length <= mostLevels) return undefined;
  let open = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) at = endOfText(text, at);
    else if (sign === comma) values += 1;
    else if (sign === openBracket || sign === openBrace) {
      open += 1;
      values += 1;
    } else if (sign === closeBracket || sign === closeBrace) open -= 1;
    if (open > mostLevels) return 'levels';
    if (values > mostValues) return 'values';
  }
  return undefined;
}

const [quote, comma, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Returns where the string that begins here ends: a function's code can have millions of characters. */
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
