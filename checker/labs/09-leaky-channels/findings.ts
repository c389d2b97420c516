import type { Finding } from '../../checking/check.ts';

// What a repair of this lab can still have wrong, each with hints that begin there.

const patch = 'How the solution reads the table, in functions/channels/send-message.ts:';

export const claimBelieved: Finding = {
  id: 'claim-believed',
  hints: [
    'People hear their own channel only, until somebody sends a message with the name of another channel in it.',
    'Where does your handler take the channel from? Who writes that, and what if they write something else?',
    'A message is written by its sender, all of it. `requestContext` is written by API Gateway: `requestContext.authorizer.channel` is the channel that the authorizer checked against the groups in the token.',
    'The solution takes the channel from the authorizer alone, in functions/channels/send-message.ts:',
  ],
};

export const comparedInPart: Finding = {
  id: 'compared-in-part',
  hints: [
    'One of the two channels is tight, and what is said in the other one gets out. Look at how they are called.',
    'How does your handler compare the names of two channels? What about "sales" and "sales-emea"?',
    'The beginning of a name is not the name: `startsWith`, `includes` and `begins_with` are true for other channels, too. A key condition with `=` compares all of it.',
    patch,
  ],
};

export const errorInstead: Finding = {
  id: 'error-instead',
  hints: [
    'Nobody in another channel hears anything now, and the speaker gets an error.',
    'Read what the function printed: `npx lab check 09` shows it.',
    'An index can only be read eventually consistent, so `ConsistentRead` is an error there. A Query needs a `KeyConditionExpression` on the partition key of what it reads: `channel` of the index `byChannel`, by its `IndexName`. The role is allowed `dynamodb:Query` on the table and its indexes.',
    patch,
  ],
};

export const somebodyMissed: Finding = {
  id: 'somebody-missed',
  hints: [
    'No channel hears another one. But not everyone hears their own.',
    'Look at who was missed. Does your handler find all rows of the channel, and does it post to each of them?',
    'One person can have several connections, so a row is known by its connection id, never by a name. A Query can have more than one page, and a filter leaves pages with few rows or none: read until there is no `LastEvaluatedKey`.',
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'No channel hears another one. But somebody gets the same message more than once.',
    'Does your handler read a row twice, or post to somebody from two lists?',
    'A connection is in one channel and has one row in the table, and that row has one place in the index. If you add the speaker to the list, look first whether they are in it.',
    patch,
  ],
};
