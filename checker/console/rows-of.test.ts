import { expect, it } from 'vitest';
import { rowsOf } from './rows-of.ts';

const [ada, gone, message] = ['L0SM9cOFvHcCIhw=', 'M1xB2dPGwIdDJix=', 'K9aT7eQHxJeEKjy='];

it.each(['connectionId', 'pk'])('says which rows have no open connection, by the attribute %s', (name) => {
  const rows = rowsOf([{ [name]: { S: gone } }, { [name]: { S: ada } }, { [name]: { S: 'a note' } }], new Set([ada]));
  expect(rows).toEqual([
    { values: { [name]: gone }, connectionId: gone, hasSocket: false },
    { values: { [name]: ada }, connectionId: ada, hasSocket: true },
    { values: { [name]: 'a note' } },
  ]);
});

it('takes no message for a connection', () => {
  const items = [{ id: { S: message }, text: { S: 'Good morning' } }];
  expect(rowsOf(items, new Set([ada]))).toEqual([{ values: { id: message, text: 'Good morning' } }]);
});

it('says nothing about connections that cannot be listed', () => {
  expect(rowsOf([{ connectionId: { S: gone } }], undefined)).toEqual([
    { values: { connectionId: gone }, connectionId: gone },
  ]);
});

it('prefers an attribute that says so to others with the id of a connection', () => {
  const rows = rowsOf([{ sentBy: { S: ada }, connectionId: { S: gone } }], new Set([ada]));
  expect(rows).toMatchObject([{ connectionId: gone, hasSocket: false }]);
});
