import { expect, test } from 'vitest';
import { readingOrder } from '../.vitepress/reading-order.ts';
import { unsaidMessages, wrongExcerpts } from './facts/excerpts.ts';
import { brokenLinks } from './facts/links.ts';
import { missingPaths, unknownCommands, unknownLabs, unknownOperations, unknownScripts } from './facts/names.ts';
import { unreachedPage, unwrittenPages } from './facts/reading-order.ts';
import { allPages, type Page } from './pages.ts';

const pages = await allPages();

/** What a page may not get wrong, one line each. */
const facts: Readonly<Record<string, (page: Page) => string[] | Promise<string[]>>> = {
  'links lead somewhere': (page) => brokenLinks(page, pages),
  'commands and flags are there': unknownCommands,
  'scripts are there': unknownScripts,
  'paths are there': missingPaths,
  'labs are there': unknownLabs,
  'operations of AWS are there': unknownOperations,
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
  ['paths are there', '`labs/01-missing-route/stock.ts`'],
  ['labs are there', 'Lab 01-missing-rout is next.'],
  ['operations of AWS are there', '`dynamodb:PutThing`'],
  ['excerpts stand in their files', "```ts [app/functions/answer.ts]\nexport const nothing = 'like this';\n```"],
  ['excerpts stand in their files', '```ts\nconst a = 1;\n```'],
  ['pages have a place in the order of reading', 'Nobody reads on to here.'],
  ['messages are said', '```text [message]\nThe moon is full.\n```'],
] as const)('a page is found wrong: %s, %s', async ([fact, text]) => {
  expect(await facts[fact]?.(page(text))).toHaveLength(1);
});
