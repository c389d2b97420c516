import { expect, test } from 'vitest';
import type { Frame } from '../../probe/person.ts';
import { leaksTo, type Member, type Said } from './said.ts';

const member = (label: string, channel: string, name = label) =>
  ({ label, channel, person: { name, heard: [] as Frame[] }, secrets: [] }) as unknown as Member;
const [ada, grace] = [member('Ada', 'kite', 'ada.quail'), member('Grace', 'kites')];
const tab = member("Ada's second tab", 'kites', 'ada.quail');
const words = 'Tea for two, please?';
const said: Said = {
  ...{ text: words, words, from: 'ada.quail', channel: 'kite', speaker: ada, present: [ada, grace] },
  ...{ at: 100, start: 0, end: 0 },
};

const frame = (fields: Frame['fields'], at = 105): Frame => ({ at, text: JSON.stringify(fields), fields });
const receipt = { type: 'delivered', to: 'ada.quail' };

test('a frame outside is about a message if it has its words, or the name of its speaker', () => {
  expect(leaksTo(grace, said, [said])(frame({ text: words }))).toBe(true);
  expect(leaksTo(grace, said, [said])(frame(receipt))).toBe(true);
});

test('only the whole message counts for somebody who asked other routes: an answer can be their own history', () => {
  const asked = { ...grace, asked: true as const };
  const before = frame({ type: 'message', channel: 'kites', from: 'ada.quail', text: 'Not tea for two' });
  expect([leaksTo(grace, said, [said])(before), leaksTo(asked, said, [said])(before)]).toEqual([true, false]);
  expect(leaksTo(asked, said, [said])(frame({ type: 'history', texts: [words] }))).toBe(true);
});

test('nothing that came before a message is about it', () => {
  expect(leaksTo(grace, said, [said])(frame(receipt, 99))).toBe(false);
});

test.each([tab, grace])('the name is no sign in a channel that its owner joins, too: $label', (one) => {
  const later: Said = { ...said, text: 'Milk?', words: 'Milk?', present: [ada, grace, tab] };
  expect(leaksTo(one, said, [said, later])(frame(receipt))).toBe(false);
  expect(leaksTo(one, said, [said, later])(frame({ text: words }))).toBe(true);
});
