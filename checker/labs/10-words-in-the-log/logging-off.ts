import type { Finding } from '../../checking/check.ts';

// How a function can be kept from logging at all, each with hints that begin there.

const patch = 'Leave the logs on, and change what is printed. The file as the solution has it:';

export const noPermission: Finding = {
  id: 'no-permission-to-log',
  hints: [
    'The log is empty, so there is nothing in it that support could read. There is nothing in it for you either.',
    "Look at the policies of the function's role: which of them allowed it to write a log?",
    'Lambda writes the log of a function as its role, with `logs:CreateLogStream` and `logs:PutLogEvents`. Without them a function runs as before, and says nothing to anybody. AWSLambdaBasicExecutionRole has them.',
    patch,
  ],
};

export const fatalOnly: Finding = {
  id: 'fatal-only',
  hints: [
    'The log has nothing in it that matters any more, mistakes included.',
    "Which lines does the function's log level let through? Which level does an error have?",
    'In JSON logs a level leaves out everything that is less severe. `console.error` and an error that is thrown are ERROR; nothing in Node.js is FATAL. A level of ERROR or WARN drops what is printed for debugging and keeps what went wrong.',
    patch,
  ],
};

export const noGroup: Finding = {
  id: 'no-log-group',
  hints: [
    'The log group is gone, and with it all that was said. What goes wrong from now on is gone as well.',
    'Which group does the function log to, and who makes it?',
    'Deleting a group removes what is in it, once. A function that is allowed to makes it again, without a retention, and the words come back with it. One that is not allowed to loses its lines.',
    patch,
  ],
};
