import { expect, test } from 'vitest';
import { textsIn } from '../../probe/texts.ts';
import { authorsOf } from './where-messages-are.ts';

const rowOf = (values: Readonly<Record<string, string>>) => {
  const row = Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }]));
  return { row, texts: textsIn(row) };
};
const said = { texts: ['good morning', 'good night'], by: 'ada5' };
const messages = [
  rowOf({ channel: 'kettle', id: 'm1', text: 'good morning' }),
  rowOf({ channel: 'kettle', id: 'm2', text: 'good night' }),
];
const connections = { table: 'Connections', rows: [rowOf({ connectionId: 'c1', channel: 'kettle', name: 'ada5' })] };
const authors = { table: 'Authors', rows: [rowOf({ id: 'm2', from: 'ada5' })] };

test('finds the table that has the names of messages by their ids', () => {
  expect(authorsOf(said, messages, [connections, authors])).toEqual(['Authors']);
});

test('finds no such table if the messages have the name', () => {
  const named = messages.map(({ row }) => rowOf({ id: row.id?.S ?? '', from: 'ada5', text: row.text?.S ?? '' }));
  expect(authorsOf(said, named, [connections, authors])).toEqual([]);
});
