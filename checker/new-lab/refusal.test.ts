import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { constantOf, filledIn, namesOf } from './names.ts';
import { refusalOf } from './refusal.ts';

const labs = [{ id: '01-missing-route' }];

test.each([
  [undefined, 'no name'],
  ['', 'not a valid lab name'],
  ['example', 'not a valid lab name'],
  ['4-example', 'not a valid lab name'],
  ['00-example', 'not a valid lab name'],
  ['90-Example', 'not a valid lab name'],
  ['90-', 'not a valid lab name'],
  ['90-a--b', 'not a valid lab name'],
  ['90-a-', 'not a valid lab name'],
  ['90-2fa', 'not a valid lab name'],
  ['90-a/../b', 'not a valid lab name'],
  ['01-example', '01-missing-route already has the number 01.'],
  ['90-missing-route', '01-missing-route already has that name.'],
  ['03-no-auth', 'labs/03-no-auth already exists.'],
])('%s is refused: %s', (id, why) => {
  expect(refusalOf(workshopRoot(), id, labs)).toContain(why);
});

test.each(['97-nobody-has', '09-room-history', '10-a2-b3'])('%s is admitted', (id) => {
  expect(refusalOf(workshopRoot(), id, labs)).toBeUndefined();
});

test('the template gets the names of the lab', () => {
  const names = namesOf('09-room-history');
  expect(constantOf('09-room-history')).toBe('roomHistoryLab');
  expect(filledIn('newLab NN-name NN NUMBER: TITLE, NNN', names)).toBe(
    'roomHistoryLab 09-room-history 09 9: Room history, NNN',
  );
});
