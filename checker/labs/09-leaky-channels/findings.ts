import type { Finding } from '../../checking/check.ts';

// Mistakes that a repair of this lab can still have, each with its own hints.

const patch = 'How the solution reads the table, in functions/channels/send-message.ts:';

export const claimBelieved: Finding = {
  id: 'claim-believed',
  hints: [
    'People get only the messages of their own channel, until a message says who else gets it.',
    'What decides who gets a message in your handler? Can the sender write another channel, or somebody in one, there?',
    'The sender writes the whole message. API Gateway writes `requestContext`: `requestContext.authorizer.channel` is the channel that the authorizer checked against the groups in the token.',
    'The solution takes the channel only from the authorizer, in functions/channels/send-message.ts:',
  ],
};

export const openForSomeTexts: Finding = {
  id: 'open-for-some-texts',
  hints: [
    'People get only the messages of their own channel, until one has a certain text.',
    "What does your handler look for in a text: its length, a word, somebody's name? Who gets such a message?",
    'The sender writes the text, and only the channel decides who gets it. A mention of somebody in another channel is for the people in this one.',
    patch,
  ],
};

export const namedElsewhere: Finding = {
  id: 'named-elsewhere',
  hints: [
    'A message stays in its channel, unless somebody outside has named that channel: in their URL, in a header, or in a message for another route.',
    'Which of your handlers write the attribute `channel` of a row? Where do they get the channel? Can a client name any channel there?',
    "A client writes the whole URL, every header and every message. Only the authorizer compares a channel with the groups in the token, and passes it on as `requestContext.authorizer.channel`: a row's channel has to be that one.",
    'How your files differ from the solution:',
  ],
};

export const comparedInPart: Finding = {
  id: 'compared-in-part',
  hints: [
    'Messages leak, but only between some channels. Compare the names of these with the names of the others.',
    'How does your handler compare the names of two channels? What about "sales", "sales-emea" and "Sales"?',
    '`startsWith`, `endsWith`, `includes` and `begins_with` match other channels, too, and so does a part of the name, its length, or the name in lower case. No channel and no person is special because of a name. A key condition with `=` compares the whole name.',
    patch,
  ],
};

export const someConnections: Finding = {
  id: 'some-connections',
  hints: [
    'Messages leak, but only to some of the connections in a channel.',
    "The names of the channels can't make that difference. Which attribute of a row, other than `channel`, does your handler look at?",
    "Only its channel decides whether a connection gets a message: not its age, its id, or its owner's name. A key condition with `=` compares the channel, and nothing else.",
    patch,
  ],
};

export const generalIsMixed: Finding = {
  id: 'general-is-mixed',
  hints: [
    'The other channels are separate, but `general` is not.',
    'What does your handler do differently for `general`, and when does it take that for the channel? Who is in there, and who is not?',
    'Everyone is a member of `general`, but only people who joined it are in it. A connection is in one channel: people in `general` get the messages of `general`, and nobody else gets those.',
    patch,
  ],
};

export const foundByName: Finding = {
  id: 'found-by-name',
  hints: [
    'Messages stay in their channel, until one person is in two channels at once.',
    "Does your handler look for the sender's channel, or for the people in it, by name? What if somebody's other tab is in another channel?",
    'One person can have several connections, each in its own channel, so a name identifies none of them. `requestContext.authorizer.channel` is the channel of the connection that sent the message.',
    'The solution takes the channel only from the authorizer, in functions/channels/send-message.ts:',
  ],
};

export const openIfEmpty: Finding = {
  id: 'open-if-empty',
  hints: [
    'Messages stay in their channel, until it has no rows.',
    'What does your handler do if it finds nobody in the channel, or if the sender has no row? Can that happen, and who gets the message then?',
    'The index is eventually consistent, and a row can expire or be deleted, so a channel can look empty. Then the message is for the sender alone. A fallback that reads everyone opens the channel to the whole company.',
    patch,
  ],
};

export const openOnLaterPages: Finding = {
  id: 'open-on-later-pages',
  hints: [
    'Messages stay in their channel, until its rows take several pages to read.',
    'What does your handler read after the first page? Does the next request have the same condition?',
    'Each page is a request of its own. Only `ExclusiveStartKey` differs, and every other parameter stays: a request without the condition reads the rows of all channels.',
    patch,
  ],
};

export const openIfReadFails: Finding = {
  id: 'open-if-read-fails',
  hints: [
    'Messages stay in their channel, until a read fails.',
    "What does your handler do if its read throws? What does it read instead, and has that the channel's condition, too?",
    'Reads fail now and then: DynamoDB throttles them, or a permission is missing. Then try the same read again, or let the error reach the sender, who can send the message again. A fallback that reads everyone opens the channel to the whole company.',
    patch,
  ],
};

export const openAfterStaleRow: Finding = {
  id: 'open-after-stale-row',
  hints: [
    'Messages stay in their channel, until the connection of somebody there is stale.',
    'What else does your handler do once a post is answered with 410 Gone? Whom does it post to then?',
    'A stale row means that one person is gone, and says nothing about the others. Delete it, and post to nobody else: everyone who is in the channel has a row with its name.',
    patch,
  ],
};

export const errorInstead: Finding = {
  id: 'error-instead',
  hints: [
    'Nobody in another channel gets the message now, but the sender gets an error.',
    "Read the function's log: `npx lab check 09` shows it.",
    'Index reads are always eventually consistent, so `ConsistentRead` is an error there. A Query needs a `KeyConditionExpression` on the partition key: `channel`, with the `IndexName` `byChannel`. The role is allowed `dynamodb:Query` on the table and its indexes.',
    patch,
  ],
};

export const notAllowed: Finding = {
  id: 'not-allowed',
  hints: [
    'Nobody in another channel gets the message now, but the sender gets an error.',
    "Read the function's log: `npx lab check 09` shows it. Which call was denied, on which resource?",
    "The lab began with a role that is allowed `dynamodb:Query` on the table and its indexes, so a change in stack.ts removed that. An index has an ARN of its own: the table's, followed by `/index/byChannel`.",
    'How your files differ from the solution:',
  ],
};

export const signForOthers: Finding = {
  id: 'sign-for-others',
  hints: [
    "The messages stay in their channel, but people elsewhere get something after each of them, even if the page doesn't show it.",
    'What else does your handler post, and to whom? Does it need the rows of other channels at all?',
    "The beginning of a message, its initials, or only a sign that somebody wrote is for the people in the channel. A preview isn't a way to read less of it: the browser of everyone else has received it.",
    patch,
  ],
};

export const nobodyHears: Finding = {
  id: 'nobody-hears',
  hints: [
    'The channels are separate because nobody gets a message, not even the person who sent it.',
    'Does your handler post before it answers, and does it wait until every post is done?',
    'Lambda freezes a function once it has answered: `await` every read and post, and `return` only after them.',
    'How your files differ from the solution:',
  ],
};

export const onlyTheSpeaker: Finding = {
  id: 'only-the-speaker',
  hints: [
    'The channels are separate because only the person who sends a message gets it.',
    'The handler adds its sender in any case. How many other rows are left, and what does one look like? What do you compare with what?',
    "A row's attributes have types: `row.channel` is `{ S: 'release' }`, so compare `row.channel?.S`, and write `{ S: channel }` into a condition. A callback in braces needs a `return`. The channel is `requestContext.authorizer.channel`, and only the index `byChannel` has it as its key.",
    patch,
  ],
};

export const somethingElse: Finding = {
  id: 'something-else',
  hints: [
    'People in the channel get something, but not the message.',
    'Compare what they got with docs/wire-format.md. What is missing, or has another name?',
    'The page ignores a frame without `"type":"message"`, and shows its `text` as it is. This lab\'s fault is who gets a message, so leave the message as it was.',
    'How your files differ from the solution:',
  ],
};

export const somebodyMissed: Finding = {
  id: 'somebody-missed',
  hints: [
    "The channels are separate, but not everyone gets their own channel's messages.",
    'Look at who was missed. Does your handler find all rows of the channel, and does it post to each of them?',
    'One person can have several connections, so identify rows by connection id, never by name. A Query can return several pages, and a filter can leave pages empty: read until there is no `LastEvaluatedKey`.',
    patch,
  ],
};

export const heardTwice: Finding = {
  id: 'heard-twice',
  hints: [
    'The channels are separate, but somebody gets the same message more than once.',
    'Does your handler read a row twice, or post to somebody from two lists?',
    "A connection is in one channel, and has one row in the table and one in the index. If you add the sender to the list, check first that they aren't in it already.",
    patch,
  ],
};
