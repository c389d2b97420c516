import type { Finding } from '../checking/check.ts';
import { shortName } from '../workshop/short-name.ts';
import type { EarlierRepairs } from './earlier-repairs.ts';

/** Returns the mistakes that `judgeEarlierRepairs` can recognize in a lab. */
export function earlierRepairsFindings(lab: string, { handler, repairs }: EarlierRepairs): Finding[] {
  return [
    ...(repairs.includes('true name') ? [nameFromTheMessage(lab, handler)] : []),
    ...(repairs.includes('stale connections') ? [staleConnection(lab, handler), staleConnectionDenied(lab)] : []),
    ...(repairs.includes('stale connections') || repairs.includes('only gone') ? [otherRowDeleted(lab, handler)] : []),
    ...(repairs.includes('only gone') ? [hiddenError(lab, handler)] : []),
    ...(repairs.includes('every page') ? [onePage(lab, handler)] : []),
    ...(repairs.includes('own channel') ? [leakyChannel(lab, handler), openChannel(lab)] : []),
    ...(repairs.includes('throttle') ? [noThrottle(lab)] : []),
    ...(repairs.includes('sign-up') ? [openSignUp(lab)] : []),
    ...(repairs.includes('logs') ? [tellingLogs(lab)] : []),
  ];
}

export function nameFromTheMessage(lab: string, handler: string): Finding {
  return {
    id: 'name-from-the-message',
    hints: [
      "A message can appear under another person's name again. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} Where does functions/${handler} get the sender's name?`,
      "The sender writes the whole message and the whole handshake, so anyone can put any name there. Nobody can choose the name that the authorizer found in the token: `requestContext.authorizer` has it, and so does the row that `$connect` wrote. This lab's fault is somewhere else, so leave the name as it was.",
      patch,
    ],
  };
}

export function staleConnection(lab: string, handler: string): Finding {
  return {
    id: 'stale-connection',
    hints: [
      "The room doesn't handle stale connections anymore. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} What does functions/${handler} do if a post is answered with 410, and if it fails with another error?`,
      "410 Gone says that a connection has ended and that its row is stale. The message hasn't failed: delete that one row, post to everyone else, and let every other error propagate. This lab's fault is somewhere else, so leave that as it was.",
      patch,
    ],
  };
}

export function staleConnectionDenied(lab: string): Finding {
  return {
    id: 'stale-connection-denied',
    hints: [
      'A stale connection fails the sending function: the stack no longer gives it everything that it needs. One of your changes broke that.',
      `${shows(lab)} Which call failed, and what in stack.ts let the function make it when the lab started?`,
      "If a post is answered with 410 Gone, the function deletes that connection's row. For that, its role needs dynamodb:DeleteItem on the table, and the function the table's name. Least privilege means everything that a function needs, and nothing else.",
      patch,
    ],
  };
}

export function otherRowDeleted(lab: string, handler: string): Finding {
  return {
    id: 'other-row-deleted',
    hints: [
      'The room deletes rows of connections that may still be open. The lab started with that repaired, so one of your changes broke it.',
      `${shows(lab)} Which errors make functions/${handler} delete a row?`,
      "Only 410 Gone says that a connection has ended. Throttling (429), a server error (500), a missing permission (403) and a bad request (400) say nothing about it: keep the row, and let the error propagate. This lab's fault is somewhere else, so leave that as it was.",
      patch,
    ],
  };
}

export function hiddenError(lab: string, handler: string): Finding {
  return {
    id: 'hidden-error',
    hints: [
      'A post failed, and nobody knows. The lab started with that repaired, so one of your changes broke it.',
      `${shows(lab)} Which errors does functions/${handler} catch, and for which rows?`,
      "Only 410 Gone says that a connection has ended. 400, 403, 429 and 500 say that the post failed, on the last page as well as on the first: let these errors leave the function, and API Gateway reports them to the sender. A function that answers before all of its posts have ended hides their errors, too. This lab's fault is somewhere else, so leave that as it was.",
      patch,
    ],
  };
}

export function onePage(lab: string, handler: string): Finding {
  return {
    id: 'one-page',
    hints: [
      "Something goes wrong when people's rows take several pages to read: somebody gets no message, the sender gets an error, or a stale row stays. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} How much does one answer to a Scan or a Query contain at most, and what does functions/${handler} do with the rest?`,
      'DynamoDB answers with at most 1 MB of rows, counted before any filter; `Limit` makes that even less. If there is more, the answer has a `LastEvaluatedKey`: read on from there until it has none, as the handler did when the lab started.',
      patch,
    ],
  };
}

export function leakyChannel(lab: string, handler: string): Finding {
  return {
    id: 'leaky-channel',
    hints: [
      "People read messages of a channel that they aren't in. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} \`git diff app/functions\` shows changes to the room's own functions. Which rows does ${handler} read before it posts?`,
      "A connection's row has its channel, and the index `byChannel` has the rows by channel. A Query with a key condition reads the rows of the sender's channel only, which the authorizer put into `requestContext`. This lab's fault is somewhere else, so leave that as it was.",
      `\`git checkout app/functions\` restores the room's own functions. ${patch}`,
    ],
  };
}

export function openChannel(lab: string): Finding {
  return {
    id: 'open-channel',
    hints: [
      "Somebody gets into a channel that they aren't a member of. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} \`git diff app/functions\` shows changes to the room's own functions. What does channels/authorizer.ts compare a channel with?`,
      "Cognito writes a user's groups into the ID token, as the claim `cognito:groups`. A channel's members are the group with exactly its name. This lab's fault is somewhere else, so leave that as it was.",
      `\`git checkout app/functions\` restores the room's own functions. ${patch}`,
    ],
  };
}

export function noThrottle(lab: string): Finding {
  return {
    id: 'no-throttle',
    hints: [
      "The API's routes or the stage's limits aren't what they were when the lab started, so one of your changes broke them.",
      `${shows(lab)} Which routes does the API in stack.ts have, and which limits does the stage have?`,
      "Without limits of its own, a stage has only the account's, which all APIs of the region share: one script can use it up. Limits that are too low throttle people. This lab's fault is somewhere else, so leave the API and its stage as they were.",
      patch,
    ],
  };
}

export function openSignUp(lab: string): Finding {
  return {
    id: 'open-sign-up',
    hints: [
      'Outsiders get an account again. The lab started with that repaired, so one of your changes broke it.',
      `${shows(lab)} What does the user pool in stack.ts invoke before it creates a user?`,
      "A user pool invokes its PreSignUp trigger before it creates a user, and creates none if the function throws. Without the trigger, anyone with a mail address gets an account, and everyone with an account is admitted. This lab's fault is somewhere else, so leave the pool and its trigger as they were.",
      patch,
    ],
  };
}

export function tellingLogs(lab: string): Finding {
  return {
    id: 'telling-logs',
    hints: [
      'The logs have what people say or who they are, or they keep everything forever. The lab started with that repaired, so one of your changes broke it.',
      `${shows(lab)} \`git diff app/functions\` shows changes to the room's own functions. What do they print? And which retention do their log groups have in stack.ts?`,
      "A log has other readers than a channel, so it must not contain messages, names or tokens. Remove what you printed while you were looking for a mistake, or print ids, sizes and counts. Every log group needs a retention. This lab's fault is somewhere else.",
      `\`git checkout app/functions\` restores the room's own functions. ${patch}`,
    ],
  };
}

function shows(lab: string): string {
  return `\`npx lab diff ${shortName(lab)}\` shows what you changed.`;
}

const patch = 'How your files differ from the solution:';
