import { expect, test } from 'vitest';
import { readingOrder } from '../.vitepress/reading-order.ts';
import { uncheckedBlocks } from './facts/blocks.ts';
import { unknownCommands, unlistedCommands, wrongExitCodes } from './facts/commands.ts';
import { oddEnglish, oddMessages } from './facts/english.ts';
import { wrongExcerpts } from './facts/excerpts.ts';
import { brokenLinks, picturesWithoutWords } from './facts/links.ts';
import { unsaidMessages } from './facts/messages.ts';
import { missingPaths, unknownLabs, unknownScripts } from './facts/names.ts';
import { siteSyntax } from './facts/plain.ts';
import { unreachedPage, unwrittenPages } from './facts/reading-order.ts';
import { sources } from './facts/sources.ts';
import { apartFromSchema } from './facts/verdict.ts';
import { stalePages } from './facts/written.ts';
import { allPages, type Page } from './pages.ts';

const pages = await allPages();

/** The facts that every page is checked for; each returns its problems, one line each. */
const facts: Readonly<Record<string, (page: Page) => string[] | Promise<string[]>>> = {
  'links resolve': (page) => brokenLinks(page, pages),
  'pictures have alternative text': picturesWithoutWords,
  'commands and flags exist': unknownCommands,
  'all commands and flags are listed': unlistedCommands,
  'exit codes exist': wrongExitCodes,
  'scripts exist': unknownScripts,
  'paths exist': missingPaths,
  'labs exist': unknownLabs,
  'lists and copies are up to date': (page) => stalePages(page, pages),
  'pages are plain Markdown': siteSyntax,
  'pages are plain English': oddEnglish,
  'blocks are of a kind that is checked': uncheckedBlocks,
  'the verdict page matches its schema': apartFromSchema,
  'excerpts match their files': wrongExcerpts,
  'messages exist in the sources': unsaidMessages,
  'pages are in the reading order': (page) => unreachedPage(page, readingOrder),
};

for (const [name, wrongIn] of Object.entries(facts)) {
  test(name, async () => {
    const wrong = (await Promise.all(pages.map(wrongIn))).flat();
    expect(wrong.join('\n')).toBe('');
  });
}

test('messages are plain English', async () => {
  expect((await sources()).flatMap(oddMessages).join('\n')).toBe('');
});

test.for([
  "  hint: 'The room is told about it.',",
  '    ? `The $connect route hangs on the authorizer.`',
  '  "in place of a" + ',
])('reports a message that is not plain English: %s', (text) => {
  expect(oddMessages({ path: 'checker/labs/any.ts', text })).toHaveLength(1);
});

test('the reading order names pages that exist', () => {
  expect(unwrittenPages(readingOrder)).toEqual([]);
});

test('reports missing and repeated pages of a reading order', () => {
  const [known, unknown] = [{ link: '/story' }, { link: '/nowhere' }];
  expect(unwrittenPages([{ items: [known, unknown, known] }])).toEqual([
    '/nowhere: no such page',
    '/story: it is named twice',
  ]);
});

const page = (text: string): Page => ({ path: 'docs/a-page.md', text });

test.for([
  ['links resolve', '[a](nowhere.md)'],
  ['links resolve', '# Here\n[a](#there)'],
  ['commands and flags exist', 'Run `npx lab chekc 01`.'],
  ['commands and flags exist', 'Run `npx lab check 01 --fast`.'],
  ['commands and flags exist', '```sh\nnpx lab check 77\n```'],
  ['scripts exist', '`npm run dance`'],
  ['commands and flags exist', 'Run `lab choose aws`.'],
  ['commands and flags exist', 'Run `npx lab reset 01 --to end`.'],
  ['exit codes exist', 'It ends with 4.'],
  ['exit codes exist', 'Exit code 8.'],
  ['pictures have alternative text', '![](pictures/room.svg)'],
  ['pictures have alternative text', '  image:\n    src: /room.png\n'],
  ['links resolve', '    link: /nowhere'],
  ['links resolve', "<a href='nowhere.md'>there</a>"],
  ['links resolve', '[there]: nowhere.md'],
  ['paths exist', '`labs/01-missing-route/stock.ts`'],
  ['labs exist', 'Lab 01-missing-rout is next.'],
  ['labs exist', 'In lab 77 it is another one.'],
  ['blocks are of a kind that is checked', '```bash\nnpx lab chekc\n```'],
  ['excerpts match their files', "```ts [app/functions/answer.ts]\nexport const nothing = 'like this';\n```"],
  ['excerpts match their files', '```ts\nconst a = 1;\n```'],
  ['pages are in the reading order', 'Nobody reads on to here.'],
  ['messages exist in the sources', '```text [message]\nThe moon is full.\n```'],
  ['pages are plain English', 'The learner is told what was seen.'],
  ['pages are plain English', 'A favourite colour.'],
  ['pages are plain Markdown', '::: tip\nOnly here.'],
  ['pages are plain Markdown', '<!--@include: nowhere.md-->'],
  ['messages exist in the sources', 'It says `The room is full`.'],
  ['messages exist in the sources', 'Choose _Walk in_ now, or _Sign up_.'],
] as const)('reports a page that breaks "%s": %s', async ([fact, text]) => {
  expect(await facts[fact]?.(page(text))).toHaveLength(1);
});

test('reports a link from a page to itself', async () => {
  const linking = { path: 'docs/story.md', text: '[a](story.md)' };
  expect(await facts['links resolve']?.(linking)).toEqual(['docs/story.md:1 story.md: it is this page']);
});

// These pages are lists: without one of their lines they are incomplete.
test.for([
  ['all commands and flags are listed', 'docs/commands.md', /^.*npx lab diff 01.*$/m, 2],
  ['all commands and flags are listed', 'docs/commands.md', /--junit FILE/g, 2],
  ['exit codes exist', 'docs/commands.md', /^\| 3 \|.*$/m, 1],
  ['lists and copies are up to date', 'README.md', /^.*labs\/02-.*$/m, 1],
  ['lists and copies are up to date', 'docs/index.md', /^.*labs\/02-.*$/m, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /^## The task$/m, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /doesn't understand(?= me)/, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /0(?= minutes\.)/, 1],
  ['the verdict page matches its schema', 'docs/verdict.md', /^\| `not deployed yet`.*$/m, 1],
] as const)('reports a list that breaks "%s": %s without %s', async ([fact, path, line, wanting]) => {
  const whole = pages.find((one) => one.path === path)?.text ?? '';
  expect(whole).toMatch(line);
  expect(await facts[fact]?.({ path, text: whole.replace(line, '') })).toHaveLength(wanting);
});
