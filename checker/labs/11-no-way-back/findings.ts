import type { Finding } from '../../checking/check.ts';

// What a repair of this lab can still have wrong, each with hints that begin there.

const patch = 'The messages table of the solution, in stack.ts:';

export const anotherTable: Finding = {
  id: 'another-table',
  hints: [
    'There is a recovery now, and not for what was deleted.',
    'Which table has what people said, and which one has who is connected? `npx lab check 11` shows both.',
    'Point-in-time recovery is a setting of each table. That of connections is right for minutes: nobody wants it back. What is worth restoring is in the messages table, and a copy in a second table is a second thing to lose.',
    patch,
  ],
};

export const tooShort: Finding = {
  id: 'too-short',
  hints: [
    'The table can be restored, but not to a time before the weekend.',
    'How many days back does the recovery go? `npx lab check 11` shows what DescribeContinuousBackups says.',
    'Recovery goes 35 days back unless `recoveryPeriodInDays` says less. The price is the same for one day and for 35: it depends on the size of the table. The time has to be long enough for somebody to notice.',
    patch,
  ],
};
