import type { Finding } from '../../checking/check.ts';

// What a repair of this lab can still have wrong, each with hints that begin there.

const patch = 'How the solution posts a message, in functions/send-message.ts:';

export const rowsStay: Finding = {
  id: 'rows-stay',
  hints: [
    'Nobody notices the stale rows any more, and they are still there.',
    'Count the posts that one message costs, a month from now. Who deletes the row of a connection that is gone?',
    "`$disconnect` will never come for these connections, and DynamoDB's time to live can be days late. The 410 is the only news of them that you get, so the row has to go where the 410 comes in, before the function returns.",
    patch,
  ],
};

export const livingRowDeleted: Finding = {
  id: 'living-row-deleted',
  hints: [
    'Somebody who is there gets no messages from now on: the room deleted their row.',
    'Which row does your code delete? Follow the id from the error back to the post that failed.',
    'An error says nothing about whose post it was, so catch it where the connection is known: around each post, not around all of them. With `Promise.allSettled`, the results are in the order of the connections, until you filter them. A name is no key: a person can be connected twice.',
    patch,
  ],
};

export const someHearNothing: Finding = {
  id: 'some-hear-nothing',
  hints: [
    'Some people get the message, some do not. It depends on where their row is in the table.',
    'What happens to the posts after the one that fails?',
    "An error that leaves a loop ends the loop, and `Promise.all` rejects with the first error while the rest is under way. Handle the error of each post on its own, so one connection can't stop the others.",
    patch,
  ],
};

export const errorAllTheSame: Finding = {
  id: 'error-all-the-same',
  hints: [
    'The stale rows are deleted, and the sender still gets an error.',
    'The first message after a connection has gone fails, the second one does not. What does your function do after it deleted a row?',
    'For the sender, nothing went wrong: everyone who is there got the message. API Gateway sends "Internal server error" if the function throws, so a 410 must not leave the function, and it needs no answer either.',
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'Somebody gets the same message more than once.',
    'Does your code post again to people who already got the message?',
    'Nothing has to be repeated: a connection that is gone does not come back, and the other posts are not affected.',
    patch,
  ],
};

export const errorSwallowed: Finding = {
  id: 'error-swallowed',
  hints: [
    'A post failed, and nobody was told.',
    'Which errors does your catch let through?',
    'Only 410 says that a connection is gone. 400, 403, 429 and 500 say that the post failed, and the next one may fail as well: if the function hides that, the room can be silent for weeks before anybody finds out. Throw what you do not understand. And wait for your posts: an error that comes after the function has returned reaches nobody.',
    patch,
  ],
};

export const otherRowDeleted: Finding = {
  id: 'other-row-deleted',
  hints: [
    'The room deletes rows of connections that are not gone.',
    'Which errors make your code delete a row?',
    'Throttling (429), a missing permission (403) and a bad request (400) say nothing about the connection. If each of them deletes a row, one bad minute empties the room.',
    patch,
  ],
};
