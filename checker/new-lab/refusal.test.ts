import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { constantOf, filledIn, namesOf } from './names.ts';
import { refusalOf } from './refusal.ts';

const labs = [{ id: '01-missing-route' }];

test.each([
  [undefined, 'no name'],
  ['', 'no name for a lab'],
  ['example', 'no name for a lab'],
  ['4-example', 'no name for a lab'],
  ['00-example', 'no name for a lab'],
  ['90-Example', 'no name for a lab'],
  ['90-', 'no name for a lab'],
  ['90-a--b', 'no name for a lab'],
  ['90-a-', 'no name for a lab'],
  ['90-2fa', 'no name for a lab'],
  ['90-a/../b', 'no name for a lab'],
  ['01-example', 'The number 01 is taken by 01-missing-route.'],
  ['90-missing-route', 'The name missing-route is taken by 01-missing-route.'],
  ['03-no-auth', 'labs/03-no-auth exists already.'],
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
