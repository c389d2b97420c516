import type { Finding } from '../../checking/check.ts';

// Mistakes that a repair of this lab can still have, each with its own hints.

const patch = "The solution's messages table, in stack.ts:";

export const anotherTable: Finding = {
  id: 'another-table',
  hints: [
    'A table has recovery now, but not the one that lost its messages.',
    'Which table has the messages, and which has the connections? `npx lab check 11` shows both.',
    'Point-in-time recovery is a setting of each table. Connections are outdated after minutes, so nobody needs them back. The messages table is worth restoring, and a copy in a second table is only a second thing to lose.',
    patch,
  ],
};

export const tooShort: Finding = {
  id: 'too-short',
  hints: [
    'The table can be restored, but not to a time before the weekend.',
    'How many days back does recovery go? `npx lab check 11` shows the answer of DescribeContinuousBackups.',
    'Recovery goes back 35 days unless `recoveryPeriodInDays` is lower. The price is the same for one day and for 35, because it depends on the size of the table. The period has to be long enough for somebody to notice the loss.',
    patch,
  ],
};

export const outsideTheStack: Finding = {
  id: 'outside-the-stack',
  hints: [
    "The history works, but none of the stack's tables has its messages.",
    "Where does the function behind `sendmessage` write them? Compare `MESSAGES_TABLE` in stack.ts with the tables that `npx lab check 11` shows: those are the stack's.",
    "The check looks only at the tables that the stack creates. One from `Table.fromTableName`, such as a restored table, isn't among them: its settings are in no deployment, so nothing keeps its recovery enabled. If you pointed the room at a restored table, that's as far as this lab goes. Undo that edit, and deploy.",
    patch,
  ],
};

/** Everyone gets the history, but no page asks for it. */
export const pageDoesNotAsk: Finding = {
  id: 'page-does-not-ask',
  hints: [
    "The room stores the history and sends it to people who ask. But the page doesn't ask. It reads what to send from the stack's outputs, and `npx lab check 11` shows them. Which one is missing, or has another value?",
    `The page sends the value of \`HistoryAction\` as its action once it is connected. At the end of stack.ts:

new CfnOutput(stack, 'HistoryAction', { value: 'history' });`,
  ],
};

/** Newcomers get the history, but the table deletes it too soon. */
export const expiresSoon: Finding = {
  id: 'expires-soon',
  hints: [
    'Newcomers get the history now, but soon they get nothing: the table deletes its messages.',
    'Which attribute of an item says when it expires? `npx lab check 11` shows it. Which handler writes it, and which option in stack.ts makes DynamoDB read it?',
    'Time to live deletes every item whose time is over. People ask for the history days after somebody wrote, so a message has to stay for longer than anyone is away.',
    patch,
  ],
};

/** Newcomers get the history, but only what was said lately. */
export const forgetsOldOnes: Finding = {
  id: 'forgets-old-ones',
  hints: [
    'Newcomers get the history, but only as long as it is fresh: after a few days, the same messages are missing.',
    'Which condition on the time of a message does the function behind `history` have, in its read or afterward?',
    'The history is the last 20 messages of a channel, however old they are: in a channel where people wrote last week, it would be empty. A limit on their number is enough.',
    '`git checkout app/functions` restores the original handlers. In stack.ts, change only the options of the messages table:',
  ],
};
