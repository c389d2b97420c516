/** How many stack frames of an error to show. */
const PLACES = 2;

/**
 * Lambda's Node.js runtime logs a thrown error as one line of JSON that contains the message three times. This formats
 * it as Node.js would.
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
