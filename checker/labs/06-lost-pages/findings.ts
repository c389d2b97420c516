import type { Finding } from '../../checking/check.ts';

// Mistakes that a repair of this lab can still have, each with hints that start there.

const patch = 'How the solution reads the table, in functions/send-message.ts:';

export const someNextPage: Finding = {
  id: 'not-every-page',
  hints: [
    'More people get the message than before, but not everyone.',
    'How many pages does your function read? How many will there be tomorrow?',
    "You can't know the number of pages in advance: a page ends at 1 MB, so it depends on the rows. Only a response without `LastEvaluatedKey` is the last one, so read until you get that.",
    patch,
  ],
};

export const nobodyHears: Finding = {
  id: 'nobody-hears',
  hints: [
    'Nobody gets the message, not even its sender, whose row is in the table.',
    'Which rows does `everybody` return? How many, and what does one look like? Does the function post to all of them before it answers?',
    "`rows.push(...Items)` adds the rows of a page, `rows.push(Items)` adds one list, and `rows.concat(Items)` leaves `rows` as it was. An index has only rows with its key attributes. If rows with the same name count as one, the sender's can be missing. And Lambda freezes a function once it has answered, so `await` every read and post.",
    patch,
  ],
};

export const somethingElse: Finding = {
  id: 'something-else',
  hints: [
    'People get something, but not the message.',
    'Compare what they got with docs/wire-format.md. What is missing, or has another name?',
    'A message has five fields: `type`, `from`, `text`, `at` and `id`. The page ignores a frame without `"type":"message"`, and shows `text` as it is. This lab\'s fault is how the table is read, so leave the message as it was.',
    'How your files differ from the solution:',
  ],
};

export const rowsMixedUp: Finding = {
  id: 'rows-mixed-up',
  hints: [
    'Somebody gets no message, although the function read the page that their row is on.',
    'What happens to the rows after they are read? Can two of them look the same to your code?',
    "Only a connection's id is unique. A name or a user's id is not: a person with two open tabs, or back from a tunnel, has two rows with the same name and user id, and one of them may be stale.",
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'Somebody gets the same message more than once.',
    'Does your function read a row twice, or post to a page twice?',
    "The pages of a scan do not overlap: each begins after the previous page's `LastEvaluatedKey`. With parallel segments, each segment has its own keys.",
    patch,
  ],
};

export const errorInstead: Finding = {
  id: 'error-instead',
  hints: [
    'The sender gets an error now.',
    "Read the function's log: `npx lab check 06` shows it.",
    "Pass the previous page's `LastEvaluatedKey` unchanged as `ExclusiveStartKey`, and leave it out for the first page. The function has 10 seconds and 256 MB: an endless loop uses up either. The role allows only what stack.ts grants. And a post to a stale connection fails with `GoneException`, as before: delete that row, and go on.",
    patch,
  ],
};

export const otherTable: Finding = {
  id: 'other-table',
  hints: [
    "The function calls DynamoDB for a table that isn't the room's.",
    'Which name does your code pass as `TableName`? Compare it with the name of the table in the evidence.',
    "CloudFormation generates the table's name, so code can't know it. `connectionsTable()` in app/functions/room.ts returns it. The role's permissions are for that table, so don't change them.",
    patch,
  ],
};

export const noEnd: Finding = {
  id: 'no-end',
  hints: [
    'The function that sends messages timed out: it was still busy when its time was up.',
    'Do your loops end? In the one that scans: what has to be different in the next scan, and when is there no next one? If they all end, how long do they take, and how long is the function allowed to run?',
    'Without `ExclusiveStartKey`, each scan returns the first page, which always has a `LastEvaluatedKey`, so the loop never ends. Pass the `LastEvaluatedKey` of each page unchanged as the `ExclusiveStartKey` of the next scan. A loop that deletes rows in batches needs a new batch each time: `slice` removes nothing from a list. A loop that does end needs the time for every page, and then for the posts: the function had 10 seconds (`timeout` in stack.ts) when the lab started.',
    patch,
  ],
};

export const senderNotFound: Finding = {
  id: 'sender-not-found',
  hints: [
    'Everyone hears the room now, but not everyone can speak.',
    "Where does your function look up the sender's name? On which pages?",
    "The sender's row can be on any page, like everyone else's. Look for it in all the rows that you read, or get this one row by its key with `GetItem`.",
    patch,
  ],
};

export const failedRead: Finding = {
  id: 'failed-read',
  hints: [
    "A page of the table couldn't be read, and nobody knows.",
    'What does your function do if a Scan or a Query fails? Who hears of it?',
    'After an error, you know nothing about the rest of the table, so it is not the end of it. Let the error leave the function: API Gateway reports it to the sender. Or read that page again until it succeeds.',
    patch,
  ],
};

export const rowsStay: Finding = {
  id: 'rows-stay',
  hints: [
    'Everyone gets the message, but rows of stale connections stay in the table.',
    'Lab 4 was about deleting stale rows. Which rows does that still work for?',
    'Stale rows are on every page. If a post gets 410, its row must be deleted, on the last page as well as on the first.',
    patch,
  ],
};

export const livingRowDeleted: Finding = {
  id: 'living-row-deleted',
  hints: [
    "Somebody who is connected won't get any more messages: the room deleted their row.",
    'Which rows does your function delete, and how does it know that their connections are gone?',
    "Only a post that gets 410 shows that a connection is gone. A row's age doesn't, nor does its size, nor a second row with the same name.",
    patch,
  ],
};
