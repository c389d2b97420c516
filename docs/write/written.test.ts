import { expect, test } from 'vitest';
import { labs } from '../../checker/workshop/labs.ts';
import { relinked } from './copies.ts';
import { inPlainMarkdown } from './plain.ts';
import { shownFile } from './shown-file.ts';
import { written } from './written.ts';

const task = '<!-- #region task -->\n\n## The task\n\nChange [`stack.ts`](stack.ts).\n\n<!-- #endregion task -->\n';
const readme = { path: 'labs/90-own/README.md', text: `# Lab 90\n\n${task}` };
const page = (text: string) => ({ path: 'docs/labs/90-own.md', text });
const marks = '<!-- task: begin, copied from labs/90-own/README.md by `npm run docs:write` -->';
const copied = `${marks}\n\n## The task\n\nChange [\`stack.ts\`](../../labs/90-own/stack.ts).\n\n<!-- task: end -->`;

test.each([
  ['an include', '<!--@include: ../../labs/90-own/README.md#task-->'],
  ['an empty copy', `${marks}\n<!-- task: end -->`],
  ['a stale copy', `${marks}\n\nSomething else.\n\n<!-- task: end -->`],
  ['an up-to-date copy', copied],
])('%s becomes the text of the region', (_, text) => {
  expect(written(page(`# Lab\n\n${text}\n\nMore.\n`), [readme], labs)).toBe(`# Lab\n\n${copied}\n\nMore.\n`);
});

test('throws if the region is missing', () => {
  const [text] = copied.replaceAll('task', 'reading').split('\n\n##');
  expect(() => written(page(`${text}\n<!-- reading: end -->`), [readme], labs)).toThrow('region "reading"');
});

test('a folded part becomes details', () => {
  expect(inPlainMarkdown('docs/a.md', '::: details The repair\nAdd:\n\n```diff\n+a\n```\n:::\n')).toBe(
    '<details>\n<summary>The repair</summary>\n\nAdd:\n\n```diff\n+a\n```\n\n</details>\n',
  );
});

test('a page that is another file links to it, and shows it on the site', () => {
  const path = 'docs/solutions/90-own.md';
  const link = inPlainMarkdown(path, '<!-- A note. -->\n\n<!--@include: ../../solutions/90-own/README.md-->\n');
  expect(link).toBe('This page is [solutions/90-own/README.md](../../solutions/90-own/README.md).\n');
  expect(shownFile(path, link)).toBe('solutions/90-own/README.md');
  expect(shownFile('docs/a.md', '# A page\n\nWith a [link](b.md).\n')).toBeUndefined();
});

test.each([
  ['[a](stack.ts#L3)', '[a](../../labs/90-own/stack.ts#L3)'],
  ['[a](../../docs/room.md)', '[a](../room.md)'],
  ['[a](https://aws.amazon.com/) and [b](#here)', '[a](https://aws.amazon.com/) and [b](#here)'],
  ['```ts\n[a](stack.ts)\n```', '```ts\n[a](stack.ts)\n```'],
])('%s is linked as %s', (text, expected) => {
  expect(relinked(text, readme.path, 'docs/labs/90-own.md')).toBe(expected);
});
