/** As many places of the stack of an error as help. */
const PLACES = 2;

/**
 * What Lambda's Node.js runtime writes of an error that a function threw is one line of JSON, with the message three times
 * in it: here it is told as Node.js would.
 */
export function thrown(line: string): string[] {
  const [, head = '', json] = /^(.*)\tInvoke Error\s+(\{.*\})\s*$/.exec(line) ?? [];
  if (json === undefined) return [line];
  try {
    const { errorType, errorMessage, stack } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const places = Array.isArray(stack) ? stack.map(String).filter((each) => /^\s+at /.test(each)) : [];
    return [`${head.replaceAll('\t', ' ')} ${errorType}: ${errorMessage}`, ...places.slice(0, PLACES)];
  } catch {
    return [line];
  }
}
