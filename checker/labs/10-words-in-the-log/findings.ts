import type { Finding } from '../../checking/check.ts';

// What a repair of this lab can still have wrong, each with hints that begin there.

const elsewhere =
  'Take that line out of app/functions: `git diff app/functions` shows it. What the solution prints, in functions/channels/send-message.ts:';
const patch = 'What the solution prints, in functions/channels/send-message.ts:';

export const token: Finding = {
  id: 'token-in-the-log',
  hints: [
    'A log has a token in it. It is as good as the person until it expires.',
    'Which function gets the address that people come by? Look at what the authorizer and `$connect` print.',
    'A browser can send no header with a handshake, so the token is in the query of the address. Whatever prints that event, its query or its address prints the token. The same holds for an error whose message quotes it.',
    elsewhere,
  ],
};

export const encoded: Finding = {
  id: 'encoded',
  hints: [
    'The log looks like noise now. It is not: the check says what has to be undone to read it.',
    'Who needs what is printed there? And what do they do with it first?',
    'Base64, hex and URL encoding need no key, so they hide nothing from anybody. Somebody who can read the log can read what is in it. What must not be read must not be written.',
    patch,
  ],
};

export const inParts: Finding = {
  id: 'in-parts',
  hints: [
    'No single line has the words. Read together, the lines have all of them.',
    'What does the function print between the start and the end of one invocation?',
    'The lines of an invocation stand side by side in the log, with the same request id. Cut into pieces, a word is as readable as before.',
    patch,
  ],
};

export const dataTrace: Finding = {
  id: 'data-trace',
  hints: [
    'The functions keep quiet, and API Gateway writes it all down.',
    'Look at the settings of the stage: `npx lab check 10` names the one that logs whole requests.',
    'Data trace writes each request and each answer into the execution log of the stage: the message, and at the handshake the address with the token. AWS recommends it for tests only. The levels ERROR and INFO have what one needs to find a mistake, without the contents.',
    'Leave `dataTraceEnabled` off. The stage of the solution:',
  ],
};

export const stageLog: Finding = {
  id: 'stage-log',
  hints: [
    'The functions keep quiet, and the stage does not.',
    'Which variables are in the format of the access log?',
    'An access log has what its format says. `$context.requestId`, `$context.routeKey`, `$context.status` and `$context.connectionId` tell what happened. `$context.authorizer.username` tells who it was.',
    'Leave the name out of the format. The stage of the solution:',
  ],
};

export const whenItFails: Finding = {
  id: 'when-it-fails',
  hints: [
    'As long as all goes well, the log has no words. When a post fails, it has.',
    'What does the function print of an error, and what does it print beside it?',
    'A mistake is when people look into a log, so that is where words do the most harm. An error says what went wrong without them: its name, its status, the request id.',
    patch,
  ],
};

export const otherFunction: Finding = {
  id: 'another-function',
  hints: [
    'The sender keeps quiet. Another function does not.',
    'The check names the function. Which of them get a message, a name or an address?',
    'Every function of the room gets an event with `requestContext.authorizer`, which has the name. The authorizer and `$connect` get the address with the token, and `$default` gets every message without a route of its own.',
    elsewhere,
  ],
};

export const nameOnly: Finding = {
  id: 'name-in-the-log',
  hints: [
    'What people say is not in the log any more. Who they are is.',
    'Which field of the event has the name, and what do you need it for in the log?',
    'Who spoke to whom, and when, is personal data as well. To find a mistake, the id of a message or of a connection is enough, and it leads to nobody once the connection is gone.',
    patch,
  ],
};
