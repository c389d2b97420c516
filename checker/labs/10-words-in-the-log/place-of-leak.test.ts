import { expect, test } from 'vitest';
import { placeOfLeak } from './place-of-leak.ts';

const printed = (text: string) => `2026-11-28T02:20:11.123Z\t5d1c6b1e\tINFO\t${text}`;

test('looks for the first words of a line in every handler, the longest beginning first', () => {
  const { anywhere, near, of } = placeOfLeak(printed("they said { text: 'Kettle' }"), {
    logicalId: 'SendMessage',
    isSender: true,
  });
  expect(anywhere?.filter((each) => each.startsWith("('"))).toEqual(["('they said", "('they"]);
  expect(near).not.toContain('console.');
  expect(of).toBe('SendMessage');
});

test('looks for the words after a value that a line begins with', () => {
  const { anywhere } = placeOfLeak(printed('ada.quaild-41 sent 121 bytes to general'), {
    logicalId: 'SendMessage',
    isSender: true,
  });
  expect(anywhere).toEqual(expect.arrayContaining(['} sent', ", 'sent"]));
});

test.each([
  ['as printed', 'Error: Could not deliver Kettle\n    at handler (index.js:1:1)'],
  ['as text', 'Invoke Error \t{"errorType":"Error","errorMessage":"Could not deliver Kettle","stack":[]}'],
  ['as JSON', '{"message":{"errorType":"Error","errorMessage":"Could not deliver Kettle","stackTrace":[]}}'],
])('looks for the first words of an error that was thrown, %s', (_, line) => {
  const text = line.startsWith('{') ? line : printed(line);
  expect(placeOfLeak(text, { logicalId: 'SendMessage', isSender: true }).anywhere).toContain('(`Could not deliver');
});

test("doesn't guess where another function prints", () => {
  const { anywhere, near, of } = placeOfLeak(printed('joined Kettle'), { logicalId: 'Connect', isSender: false });
  expect(anywhere).toContain("('joined");
  expect(near).toEqual([]);
  expect(of).toBe('Connect');
});

test('looks for any call that prints if a line has no words of its own', () => {
  const { anywhere, near } = placeOfLeak(printed('{"text":"Kettle and tea"}'), { isSender: true });
  expect(anywhere).toEqual([]);
  expect(near).toEqual(expect.arrayContaining(['JSON.stringify(event', 'console.debug(parsed', 'console.']));
});

test('looks for the only call that prints, whatever the words of the line are', () => {
  const onlyPrint = 'console.log(rotated(text));';
  const { near } = placeOfLeak(printed('Xrggyr naq grn'), { isSender: true, onlyPrint });
  expect(near.at(-1)).toBe(onlyPrint);
  expect(placeOfLeak(printed('Xrggyr naq grn'), { isSender: false, onlyPrint }).near).toEqual([]);
});

test('looks for what throws if the line is an error that was thrown', () => {
  const error = { errorType: 'BadRequestException', errorMessage: 'Invalid connectionId', stack: [], said: 'Kettle' };
  const line = printed(`Invoke Error \t${JSON.stringify(error)}`);
  const { near } = placeOfLeak(line, { isSender: true, onlyPrint: 'console.log(bytes);' });
  expect(near.at(-1)).toBe('throw ');
  expect(near).not.toContain('console.log(bytes);');
});
