import { expect, test } from 'vitest';
import { runPage } from './run-page.ts';

const page = (text: string) => ({ path: 'docs/a-page.md', text });

test('reports nothing about a correct page', async () => {
  const { ran, wrong } = await runPage(
    page(
      '```console\n$ npx lab list\n…\n…01-missing-route  …\n…\n$ cd labs && pwd\n…/labs\n$ ls 01-missing-route\nREADME.md\ncdk.json\nstack.ts\n```',
    ),
  );
  expect(wrong).toEqual([]);
  expect(ran).toBe(3);
});

test('copies a name that was printed into the commands that follow', async () => {
  const { wrong } = await runPage(
    page(
      '```console\n$ echo chat-09-any-Log0A1B2C3D-two\nchat-09-any-Log0A1B2C3D-one\n$ test chat-09-any-Log0A1B2C3D-one = "chat-09-any-Log0A1B2C3D-""two" && echo same\nsame\n```',
    ),
  );
  expect(wrong).toEqual([]);
});

test('reports wrong commands, different output and changes that do not apply', async () => {
  const { wrong } = await runPage(
    page(
      '```console\n$ npx lab lisst\n…\n  01-missing-route  …\n…\n$ echo hello\nhallo\n$ false\n…\n```\n\n```sh\nfalse\n```',
    ),
  );
  expect(wrong).toHaveLength(4);
  expect(wrong[0]).toMatch(/a-page\.md:2 \$ npx lab lisst/);
  expect(wrong[1]).toMatch(/shows "hallo".*the command printed "hello"/);
  for (const one of wrong.slice(2)) expect(one).toMatch(/ended with 1/);
  const edited = await runPage(
    page('```diff [labs/01-missing-route/stack.ts]\n-this line is not there\n+nor this\n```'),
  );
  expect(edited.wrong).toEqual([expect.stringMatching(/are in labs\/01-missing-route\/stack.ts 0 times/)]);
});
