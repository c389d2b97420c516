import type { Finding } from '../../checking/check.ts';

// Mistakes that a repair of this lab can still have, each with its own hints.

const elsewhere =
  'Remove that line from app/functions: `git diff app/functions` shows it. What the solution logs, in functions/channels/send-message.ts:';
const patch = 'What the solution logs, in functions/channels/send-message.ts:';

export const token: Finding = {
  id: 'token-in-the-log',
  hints: [
    'A log contains a token. Until it expires, anyone who has it can use it.',
    'Which functions get the address that people connect to? Look at what the authorizer and `$connect` log.',
    "Browsers can't set headers of their own on a handshake, so the token is in the query string. Logging that event, its query or its address logs the token. So does an error whose message quotes it.",
    elsewhere,
  ],
};

export const encoded: Finding = {
  id: 'encoded',
  hints: [
    "The log looks like noise now, but it isn't: the check says how to decode it.",
    'Who needs these lines? And what do they do with them first?',
    "Base64, hex and URL encoding need no key, so they hide nothing: anyone who can read the log can decode it. Don't log what nobody should read.",
    patch,
  ],
};

export const abridged: Finding = {
  id: 'abridged',
  hints: [
    'Letters are missing in the log now, or there are too many, but people can still read it.',
    'Who needs these lines? And what do they look for in them?',
    "A text without vowels, or with shortened words, is easy to guess. So is a colleague's name by its first letters. Ids, sizes and counts say as much about a mistake, and nothing about people.",
    patch,
  ],
};

export const inParts: Finding = {
  id: 'in-parts',
  hints: [
    'No single line has the words, but together the lines have all of them.',
    'What does the function log between the start and the end of one invocation?',
    'The lines of an invocation are next to each other in the log, with the same request id. A word cut into pieces is still readable.',
    patch,
  ],
};

export const dataTrace: Finding = {
  id: 'data-trace',
  hints: [
    'The functions are discreet now, but API Gateway logs everything.',
    "Look at the stage's settings: `npx lab check 10` names the one that logs whole requests.",
    "Data tracing writes each request and response to the stage's execution log: the message, and at the handshake the address with the token. AWS recommends it for tests only. The levels ERROR and INFO are enough to find a mistake, without the contents.",
    "Leave `dataTraceEnabled` off. The solution's stage:",
  ],
};

export const stageLog: Finding = {
  id: 'stage-log',
  hints: [
    "The functions are discreet now, but the stage isn't.",
    "Which variables are in the access log's format?",
    'The format decides what an access log contains. `$context.requestId`, `$context.routeKey`, `$context.status` and `$context.connectionId` say what happened. `$context.authorizer.username` says who it was.',
    "Leave the name out of the format. The solution's stage:",
  ],
};

export const whenItFails: Finding = {
  id: 'when-it-fails',
  hints: [
    "The log has nobody's words until a post fails. Then it does.",
    'What does the function log about an error, and what does it log with it?',
    'People read logs when something fails, so words do the most harm there. An error says what went wrong without them: its name, its status, the request id.',
    patch,
  ],
};

export const otherFunction: Finding = {
  id: 'another-function',
  hints: [
    "The sender is discreet now, but another function isn't.",
    'The check names the function. Does it get a message, a name, an email address or a token?',
    'Every function of the room gets an event with `requestContext.authorizer`, which has the name. The authorizer and `$connect` get the URL with the token, and `$default` gets every message without a route.',
    elsewhere,
  ],
};

export const nameOnly: Finding = {
  id: 'name-in-the-log',
  hints: [
    "The log no longer has people's words, but it still has their names or email addresses.",
    'Which field of the event has it, and why do you need it in the log?',
    'Who spoke to whom, and when, is personal data, too. To find a mistake, the id of a message or a connection is enough, and nobody can trace it once the connection is gone.',
    patch,
  ],
};

export const crashes: Finding = {
  id: 'crashes',
  hints: [
    "The log gives nothing away, but the function can't handle every message now.",
    'Which message made it fail? `npx lab check 10` shows it, and the error in the log.',
    "Anyone can send a message without a text, or with a number, a list or null in its place. The function answers that there is no text, but only from the line that checks it. Before that line, don't expect the text to be a string: `Buffer.byteLength(body ?? '')` works for every message.",
    patch,
  ],
};
