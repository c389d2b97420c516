import type { Place, Subject } from '../../checking/check.ts';

/** Returns the line of `stack.ts` that names a key attribute; undefined if its name is in a constant. */
export function placeOfKey({ find }: Pick<Subject, 'find'>, key: string): Place | undefined {
  return find([new RegExp(`\\b(?:n|attributeN)ame:\\s*(['"\`])${key}\\1`)]);
}
