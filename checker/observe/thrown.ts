/** A line that `thrown` has formatted; a function's own lines have tabs. */
const FORMATTED = / ERROR (\w+: .*)$/;

/** How many stack frames of an error to show: the first in the function's own code. */
const PLACES = 2;

/** Stack frames in Node.js, in Lambda's runtime, and in packages such as the SDK. */
const FOREIGN = /\bnode:|\/var\/runtime\/|[\\/]node_modules[\\/]/;

/**
 * Lambda's Node.js runtime logs a thrown error as one line of JSON that contains the message three times. This formats
 * it as Node.js would.
 */
export function thrown(line: string): string[] {
  const [, head = '', json] = /^(.*)\tInvoke Error\s+(\{.*\})\s*$/.exec(line) ?? [];
  if (json === undefined) return [line];
  try {
    const { errorType, errorMessage, stack } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const places = Array.isArray(stack) ? stack.map(String).filter(isOwnPlace) : [];
    return [`${head.replaceAll('\t', ' ')} ${errorType}: ${errorMessage}`, ...places.slice(0, PLACES)];
  } catch {
    return [line];
  }
}

function isOwnPlace(frame: string): boolean {
  return /^\s+at /.test(frame) && !FOREIGN.test(frame);
}

/**
 * Returns the error in a line that `thrown` has formatted, or that Lambda logged as JSON: `TypeError: …`; undefined if it has
 * none.
 */
export function errorIn(line: string): string | undefined {
  const [, formatted] = FORMATTED.exec(line) ?? [];
  if (formatted !== undefined) return formatted;
  try {
    const logged = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
    const { errorType, errorMessage } = { ...Object(logged.message), ...logged } as Record<string, unknown>;
    return typeof errorMessage === 'string' ? `${errorType}: ${errorMessage}` : undefined;
  } catch {
    return undefined;
  }
}
