import { expect, test } from 'vitest';
import { readingOrder } from '../.vitepress/reading-order.ts';
import { uncheckedBlocks } from './facts/blocks.ts';
import { unknownCommands, unlistedCommands, wrongExitCodes } from './facts/commands.ts';
import { oddEnglish } from './facts/english.ts';
import { wrongExcerpts } from './facts/excerpts.ts';
import { brokenLinks, picturesWithoutWords } from './facts/links.ts';
import { unsaidMessages } from './facts/messages.ts';
import { missingPaths, unknownLabs, unknownScripts } from './facts/names.ts';
import { siteSyntax } from './facts/plain.ts';
import { unreachedPage, unwrittenPages } from './facts/reading-order.ts';
import { apartFromSchema } from './facts/verdict.ts';
import { stalePages } from './facts/written.ts';
import { allPages, type Page } from './pages.ts';

const pages = await allPages();

/** What a page may not get wrong, one line each. */
const facts: Readonly<Record<string, (page: Page) => string[] | Promise<string[]>>> = {
  'links lead somewhere': (page) => brokenLinks(page, pages),
  'pictures have words': picturesWithoutWords,
  'commands and flags are there': unknownCommands,
  'all commands and flags are listed': unlistedCommands,
  'exit codes are those of the command': wrongExitCodes,
  'scripts are there': unknownScripts,
  'paths are there': missingPaths,
  'labs are there': unknownLabs,
  'lists and copies are up to date': (page) => stalePages(page, pages),
  'pages are plain Markdown': siteSyntax,
  'pages are plain English': oddEnglish,
  'blocks are of a kind that is looked at': uncheckedBlocks,
  'the verdict is described as its schema has it': apartFromSchema,
  'excerpts stand in their files': wrongExcerpts,
  'messages are said': unsaidMessages,
  'pages have a place in the order of reading': (page) => unreachedPage(page, readingOrder),
};

for (const [name, wrongIn] of Object.entries(facts)) {
  test(name, async () => {
    const wrong = (await Promise.all(pages.map(wrongIn))).flat();
    expect(wrong.join('\n')).toBe('');
  });
}

test('what the order of reading names is written', () => {
  expect(unwrittenPages(readingOrder)).toEqual([]);
});

test('an order of reading is found wrong', () => {
  const [known, unknown] = [{ link: '/story' }, { link: '/nowhere' }];
  expect(unwrittenPages([{ items: [known, unknown, known] }])).toEqual([
    '/nowhere: there is no such page',
    '/story: it has two places',
  ]);
});

const page = (text: string): Page => ({ path: 'docs/a-page.md', text });

test.for([
  ['links lead somewhere', '[a](nowhere.md)'],
  ['links lead somewhere', '# Here\n[a](#there)'],
  ['commands and flags are there', 'Run `npx lab chekc 01`.'],
  ['commands and flags are there', 'Run `npx lab check 01 --fast`.'],
  ['commands and flags are there', '```sh\nnpx lab check 77\n```'],
  ['scripts are there', '`npm run dance`'],
  ['commands and flags are there', 'Run `lab choose aws`.'],
  ['commands and flags are there', 'Run `npx lab reset 01 --to end`.'],
  ['exit codes are those of the command', 'It ends with 4.'],
  ['exit codes are those of the command', 'Exit code 8.'],
  ['pictures have words', '![](pictures/room.svg)'],
  ['pictures have words', '  image:\n    src: /room.png\n'],
  ['links lead somewhere', '    link: /nowhere'],
  ['links lead somewhere', "<a href='nowhere.md'>there</a>"],
  ['links lead somewhere', '[there]: nowhere.md'],
  ['paths are there', '`labs/01-missing-route/stock.ts`'],
  ['labs are there', 'Lab 01-missing-rout is next.'],
  ['labs are there', 'In lab 77 it is another one.'],
  ['blocks are of a kind that is looked at', '```bash\nnpx lab chekc\n```'],
  ['excerpts stand in their files', "```ts [app/functions/answer.ts]\nexport const nothing = 'like this';\n```"],
  ['excerpts stand in their files', '```ts\nconst a = 1;\n```'],
  ['pages have a place in the order of reading', 'Nobody reads on to here.'],
  ['messages are said', '```text [message]\nThe moon is full.\n```'],
  ['pages are plain English', 'The learner is told what was seen.'],
  ['pages are plain English', 'A favourite colour.'],
  ['pages are plain Markdown', '::: tip\nOnly here.'],
  ['pages are plain Markdown', '<!--@include: nowhere.md-->'],
  ['messages are said', 'It says `The room is full`.'],
  ['messages are said', 'Choose _Walk in_ now, or _Sign up_.'],
] as const)('a page is found wrong: %s, %s', async ([fact, text]) => {
  expect(await facts[fact]?.(page(text))).toHaveLength(1);
});

// What stands in such a page is a list: with a line taken out it leaves out something.
test.for([
  ['all commands and flags are listed', 'docs/commands.md', /^.*npx lab diff 01.*$/m, 2],
  ['all commands and flags are listed', 'docs/commands.md', /--junit FILE/g, 2],
  ['exit codes are those of the command', 'docs/commands.md', /^\| 3 \|.*$/m, 1],
  ['lists and copies are up to date', 'README.md', /^.*labs\/02-.*$/m, 1],
  ['lists and copies are up to date', 'docs/index.md', /^.*labs\/02-.*$/m, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /^## The task$/m, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /does not understand(?= me)/, 1],
  ['lists and copies are up to date', 'docs/labs/01-missing-route.md', /0(?= minutes\.)/, 1],
  ['the verdict is described as its schema has it', 'docs/verdict.md', /^\| `not deployed yet`.*$/m, 1],
] as const)('a list is found wanting: %s, %s without %s', async ([fact, path, line, wanting]) => {
  const whole = pages.find((one) => one.path === path)?.text ?? '';
  expect(whole).toMatch(line);
  expect(await facts[fact]?.({ path, text: whole.replace(line, '') })).toHaveLength(wanting);
});
