import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escaped } from './escaped.ts';

/** A stack frame of a named function in a file of the workshop: its name, the path, the line and the column. */
const FRAME = /^\s+at (?:async )?([\w$]+) \(([^\s/\\():][^():]*\.[cm]?[jt]sx?):(\d+):(\d+)\)$/;

/**
 * Returns whether a stack frame is about a function that calls one of its own parameters, as a helper does that repeats
 * what it is given: the mistake is in what was passed to it, and the next frame shows that.
 */
export function callsItsParameter(root: string, frame: string): boolean {
  const [, name = '', file = '', line, column] = FRAME.exec(frame) ?? [];
  if (name === '') return false;
  try {
    const code = readFileSync(join(root, file), 'utf8');
    const called = code.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '';
    const [, parameter] = /^(?:await\s+)?([\w$]+)\s*\(/.exec(called) ?? [];
    return parameter !== undefined && parametersOf(name, code).includes(parameter);
  } catch {
    return false;
  }
}

/** Returns the words among a function's parameters and their types, as far as its declaration shows them. */
function parametersOf(name: string, code: string): string[] {
  const declared = escaped(name);
  const declaration = new RegExp(
    String.raw`(?:\bfunction\s+${declared}\s*|\b(?:const|let|var)\s+${declared}\s*=\s*(?:async\s*)?(?:function\s*)?)(?:<[^(]*>)?\(([^{]{0,400})`,
  );
  const [, parameters = ''] = declaration.exec(code) ?? [];
  return parameters.match(/(?<![\w$])[\w$]+(?=\s*[:,)])/g) ?? [];
}
