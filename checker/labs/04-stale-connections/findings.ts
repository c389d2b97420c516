import type { Finding } from '../../checking/check.ts';

// Mistakes that a repair of this lab can still have, each with hints that start there.

const patch = 'How the solution posts a message, in functions/send-message.ts:';

export const rowsStay: Finding = {
  id: 'rows-stay',
  hints: [
    'Nobody notices the stale rows now, but they are still there.',
    'How many posts will one message cost a month from now? What deletes the row of a stale connection?',
    "API Gateway will never invoke `$disconnect` for these connections, and DynamoDB's time to live can be days late. The 410 is the only sign you get, so delete the row then, before the function returns. Only a connection that began less than 30 seconds ago can get a 410 and still be about to open.",
    patch,
  ],
};

export const livingRowDeleted: Finding = {
  id: 'living-row-deleted',
  hints: [
    "Somebody who is connected won't get any more messages: the room deleted their row.",
    'Which row does your code delete? Follow the id from the error back to the post that failed.',
    "The error doesn't say which connection it belongs to, so catch it where you know the connection: around each post, not around all of them. The results of `Promise.allSettled` are in the order of the connections, until you filter them. A name is not a key: one person can be connected twice.",
    patch,
  ],
};

export const someHearNothing: Finding = {
  id: 'some-hear-nothing',
  hints: [
    "Somebody who is connected doesn't get the message.",
    'What happens to the posts after the one that fails? And to those in progress when the function returns?',
    "An uncaught error ends a loop, and `Promise.all` rejects with the first error while the other posts are in progress. Handle the errors of each post separately, so that one connection can't affect the others, and await every post: Lambda freezes a function as soon as it has returned.",
    patch,
  ],
};

export const errorAllTheSame: Finding = {
  id: 'error-all-the-same',
  hints: [
    'The stale rows are deleted, but the sender still gets an error.',
    "The first message after a connection is gone fails; the second one doesn't. What does your function do after deleting a row?",
    'For the sender, nothing went wrong: everyone who is connected got the message. API Gateway sends "Internal server error" if the function throws, so a 410 must not leave the function.',
    patch,
  ],
};

export const functionFails: Finding = {
  id: 'function-fails',
  hints: [
    'The function fails, but not because of the 410: it throws another error.',
    "Read that error: `npx lab check 04` shows it. Which of your function's calls or expressions throws it?",
    'An AccessDeniedException names an action that the role in stack.ts lacks, and a ValidationException a wrong parameter: a table, or a key. A TypeError or a ReferenceError names something that is undefined. If that happens where you handle the 410, the new error replaces the 410.',
    patch,
  ],
};

export const otherTable: Finding = {
  id: 'other-table',
  hints: [
    "The function calls DynamoDB for a table that isn't the room's.",
    'Which name does your code pass as `TableName`? Compare it with the name of the table in the evidence.',
    "CloudFormation generates the table's name, so code can't know it. The stack passes it to the function as `CONNECTIONS_TABLE`, and `connectionsTable()` in app/functions/room.ts returns it. The role's permissions are for that table, so don't change them.",
    patch,
  ],
};

export const noEnd: Finding = {
  id: 'no-end',
  hints: [
    'The function takes too long: Lambda ends it when its timeout is over.',
    'What does your function wait for, and how long for each stale connection? Does each of your loops end?',
    'A connection that is gone never comes back, so neither waiting nor posting again helps. Delete the row, and let the posts run in parallel, as `inParallel` does.',
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'Somebody gets the same message more than once.',
    'Does your code post again to people who already got the message?',
    "There is no need to retry: a connection that is gone never comes back, and the other posts aren't affected.",
    patch,
  ],
};

export const differentText: Finding = {
  id: 'different-text',
  hints: [
    'People get something other than the message that was sent.',
    'What happens to the text between `readMessage` and the post?',
    "This lab's fault is only in how a failed post is handled. The room must deliver every text unchanged: upper case, long texts and any characters.",
    patch,
  ],
};

export const errorSwallowed: Finding = {
  id: 'error-swallowed',
  hints: [
    'A post failed, and nobody knows.',
    'Which errors does your catch swallow?',
    "Only 410 says that a connection is gone. 400, 403, 413, 429 and 500 say that the post failed, and the next one may fail as well; an error without a status says that API Gateway didn't even answer. If you post in batches, each batch can fail. If the function hides that, the room can be silent for weeks before anyone finds out. Rethrow errors that you can't handle, or return `tellSender(…)`: in the practice account, an answer whose `statusCode` is 400 or more reaches nobody. And await your posts: an error after the function has returned reaches nobody.",
    patch,
  ],
};

export const otherRowDeleted: Finding = {
  id: 'other-row-deleted',
  hints: [
    'The room deletes rows of connections that may still be open.',
    'Which errors make your code delete a row?',
    'Throttling (429), a server error (500), a missing permission (403) and a bad request (400) say nothing about the connection. If each of them deletes a row, one bad minute empties the room.',
    patch,
  ],
};
