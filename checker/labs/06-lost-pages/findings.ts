import type { Finding } from '../../checking/check.ts';

// What a repair of this lab can still have wrong, each with hints that begin there.

const patch = 'How the solution reads the table, in functions/send-message.ts:';

export const someNextPage: Finding = {
  id: 'not-every-page',
  hints: [
    'More people get the message than before, and not all of them.',
    'How many pages does your function read? And how many are there tomorrow?',
    'Nobody knows the number of pages beforehand: a page ends at 1 MB, so it depends on the rows. Only one thing says that there is no more: an answer without `LastEvaluatedKey`. So read until then.',
    patch,
  ],
};

export const rowsMixedUp: Finding = {
  id: 'rows-mixed-up',
  hints: [
    'Somebody gets no message, although the function read the page that their row is on.',
    'What becomes of the rows after they were read? Can two of them look the same to your code?',
    'A connection has one thing of its own: its id. A name is not: a person with two tabs open, or back from a tunnel, has two rows with the same name, and one of them may be stale.',
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'Somebody gets the same message more than once.',
    'Does your function read a row twice, or post to a page twice?',
    'The pages of a scan do not overlap: each begins after the `LastEvaluatedKey` of the one before. With parallel segments, each segment has keys of its own.',
    patch,
  ],
};

export const errorInstead: Finding = {
  id: 'error-instead',
  hints: [
    'The speaker gets an error now.',
    'Read what the function printed: `npx lab check 06` shows it.',
    '`ExclusiveStartKey` takes the `LastEvaluatedKey` of the page before, as it is, and nothing for the first page. The function has 10 seconds and 256 MB: a loop that never ends uses up the first, and the role allows only what stack.ts grants.',
    patch,
  ],
};

export const rowsStay: Finding = {
  id: 'rows-stay',
  hints: [
    'Everyone gets the message, and rows of connections that are gone stay in the table.',
    'Which rows get the treatment that lab 4 was about, and which do not?',
    'Stale rows are on every page. A post that is answered 410 deletes its row, on the last page as well as on the first.',
    patch,
  ],
};

export const livingRowDeleted: Finding = {
  id: 'living-row-deleted',
  hints: [
    'Somebody who is there gets no messages from now on: the room deleted their row.',
    'Which rows does your function delete, and what makes it sure that their connections are gone?',
    'Only the answer 410 to a post says that a connection is gone. The age of a row does not, nor does its size, nor a second row with the same name.',
    patch,
  ],
};
