import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, proseOf, root } from '../pages.ts';

/**
 * Returns the differences between the page about the verdict and its schema: fields or values that only one of them
 * has. The page describes a field or value in the first column of its tables.
 */
export async function apartFromSchema(page: Page): Promise<string[]> {
  if (page.path !== 'docs/verdict.md') return [];
  const schema = namesIn(JSON.parse(await readFile(join(root, 'docs/verdict.schema.json'), 'utf8')));
  const described = proseOf(page).flatMap((line) => codeIn(/^\| (`[^|]*)\|/.exec(line)?.[1] ?? ''));
  // `drift.changes` mentions `changes`.
  const mentioned = proseOf(page)
    .flatMap(codeIn)
    .flatMap((code) => [code, ...code.split('.')]);
  return [
    ...described.filter((name) => !schema.has(name)).map((name) => `${page.path}: the schema has no "${name}"`),
    ...[...schema].filter((name) => !mentioned.includes(name)).map((name) => `${page.path}: it omits "${name}"`),
  ];
}

function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Returns the names of all properties, and the values of enumerations. */
function namesIn(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    if (key === 'enum') for (const word of value as unknown[]) if (typeof word === 'string') names.add(word);
    if (key === 'const' && typeof value === 'string') names.add(value);
    namesIn(value, names);
  }
  return names;
}
