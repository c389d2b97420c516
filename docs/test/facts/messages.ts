import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksOf, codeOf, type Page, proseOf, root } from '../pages.ts';
import { sources } from './sources.ts';

/** What other programs say to a learner, in files of theirs that are installed. */
const FOREIGN = ['ws/lib/websocket.js', 'aws-cdk/lib/index.js'];

/** What programs say that are not installed with the workshop: npm, and AWS itself. */
const ELSEWHERE = ['Need to install the following packages:', 'Ok to proceed? (y)'];

/** In italics, and said by nobody. */
const NAMES = ['Alien Attack'];

/**
 * Messages that no program says. They stand in ```text blocks titled `message`, or between backticks, where a message is
 * what begins as a sentence does: `The stack does not compile:`. `…` and numbers stand for what varies, and
 * each piece between must be in our sources or in those of the programs that a learner meets here. What is in italics and
 * begins with a capital letter is quoted, too: what a button is called, or a part of a line.
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
      .map((piece) => `${page.path}:${line}: nothing here says "${piece}"`),
  );
}

let said: Promise<string> | undefined;

/** All of it in one line, with the seams left out, so that a message over two pieces is found. */
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
