import { expect, test } from 'vitest';
import { randomIds } from '../../../calls/ids.ts';
import { physicalName } from './names.ts';

test('a name that fits is kept whole', () => {
  expect(physicalName({ stackName: 'chat-01', logicalId: 'Table' }, 64, randomIds)).toMatch(/^chat-01-Table-\w{12}$/);
});

test.each([
  ['s'.repeat(128), 'l'.repeat(200)],
  ['s'.repeat(128), 'short'],
  ['short', 'l'.repeat(200)],
])('a name that does not fit is cut to the longest allowed length', (stackName, logicalId) => {
  const name = physicalName({ stackName, logicalId }, 64, randomIds);
  expect(name).toHaveLength(64);
  expect(name).toMatch(/^s\w*-(l+|short)-\w{12}$/);
});
