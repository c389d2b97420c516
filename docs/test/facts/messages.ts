import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksOf, codeOf, type Page, proseOf, root } from '../pages.ts';
import { sources } from './sources.ts';

/** Programs of others that print messages to a learner, by an installed file. */
const FOREIGN = ['ws/lib/websocket.js', 'aws-cdk/lib/index.js'];

/** Messages of programs that aren't installed with the workshop: npm, and AWS itself. */
const ELSEWHERE = ['Need to install the following packages:', 'Ok to proceed? (y)'];

/** In italics, but not a message. */
const NAMES = ['Alien Attack'];

/**
 * Returns the messages that no program prints. They are in ```text blocks titled `message`, or in backticks if they
 * begin like a sentence: `The stack does not compile:`. `…` and numbers stand for what varies, and each piece between
 * them must be in our sources or in those of another program that a learner runs. Text in italics that begins with a
 * capital letter is quoted, too: a button, or a part of a line.
 */
export async function unsaidMessages(page: Page): Promise<string[]> {
  const blocks = blocksOf(page)
    .filter(({ title }) => title === 'message')
    .flatMap(({ lines, line }) => lines.map((text, index) => ({ text, line: line + 1 + index })));
  const spans = codeOf(page).filter(({ text, block }) => block === undefined && /^[A-Z][a-z]* [^A-Z(]/.test(text));
  const quoted = proseOf(page).flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, '').matchAll(/(?<!\w)_([A-Z][^_]*)_(?!\w)/g)]
      .filter(([, text = '']) => !NAMES.includes(text))
      .map(([, text = '']) => ({ text, line: index + 1 })),
  );
  const messages = [...blocks, ...spans, ...quoted];
  if (messages.length === 0) return [];
  const said = await whatIsSaid();
  return messages.flatMap(({ text, line }) =>
    text
      .split(/…|\b\d+\b/)
      .map((piece) => piece.trim())
      .filter((piece) => piece.length > 3 && !said.includes(piece.replaceAll(/\s+/g, ' ')))
      .map((piece) => `${page.path}:${line}: nothing prints "${piece}"`),
  );
}

let said: Promise<string> | undefined;

/** Returns all sources as one line without string concatenations, so a message in two pieces is found. */
function whatIsSaid(): Promise<string> {
  said ??= gather();
  return said;
}

async function gather(): Promise<string> {
  const ours = (await sources())
    .filter(({ path }) => /^(?:app|checker|sandbox|docs\/snippets)\//.test(path))
    .map(({ text }) => text);
  const foreign = await Promise.all(FOREIGN.map((path) => readFile(join(root, 'node_modules', path), 'utf8')));
  return [...ELSEWHERE, ...ours, ...foreign]
    .join('\n')
    .replaceAll(/['"`] \+\s*['"`]|\\(?=[`'"])/g, '')
    .replaceAll(/\s+/g, ' ');
}
