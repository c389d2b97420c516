import { expect, test } from 'vitest';
import { nextOf, type Row } from './labs.ts';

function rows(...standings: ReadonlyArray<Row['standing']>): Row[] {
  return standings.map((standing, index) => {
    const id = `0${index + 1}-lab`;
    return { id, title: id, complaint: '', folder: `labs/${id}`, repair: 'stack.ts', standing };
  });
}

test.each<[string, Array<Row['standing']>, string | undefined]>([
  ['the first one, at the beginning', ['to do', 'to do'], '01-lab'],
  ['the one after the last that was fixed', ['to do', 'fixed', 'to do'], '03-lab'],
  ['one that was skipped, at the end', ['to do', 'was fixed', 'fixed'], '01-lab'],
  ['none, if all are fixed', ['fixed', 'fixed'], undefined],
])('the next lab is %s', (_, standings, next) => {
  expect(nextOf(rows(...standings))?.id).toBe(next);
});

test('the next lab is the one being worked on, until it is fixed', () => {
  const [first, second, third] = rows('to do', 'to do', 'fixed');
  expect(nextOf([first, { ...second, isAtHand: true }, third] as Row[])?.id).toBe('02-lab');
  expect(nextOf([first, second, { ...third, isAtHand: true }] as Row[])?.id).toBe('01-lab');
});
