import type { Finding } from '../../checking/check.ts';

// Mistakes that keep a function from logging at all, each with its own hints.

const patch = "Leave the logs on, and change what is logged. The solution's file:";

export const noPermission: Finding = {
  id: 'no-permission-to-log',
  hints: [
    'The log is empty. Support has nothing to read, but neither do you.',
    "Look at the policies of the function's role: which of them allowed it to write logs?",
    "Lambda writes a function's log as the function's role, with `logs:CreateLogStream` and `logs:PutLogEvents`. Without them, the function runs as before, but logs nothing. AWSLambdaBasicExecutionRole has both.",
    patch,
  ],
};

export const fatalOnly: Finding = {
  id: 'fatal-only',
  hints: [
    'The log no longer has anything that matters, not even failures.',
    "Which lines pass the function's log level? Which level do errors have?",
    'In JSON logs, a log level drops everything less severe. `console.error` and thrown errors are ERROR; only `console.fatal` is FATAL. With ERROR or WARN, debug lines are dropped and failures are kept.',
    patch,
  ],
};

export const noGroup: Finding = {
  id: 'no-log-group',
  hints: [
    'The log group is gone, with everything that was said. So is everything that goes wrong from now on.',
    'Which log group does the function log to, and who creates it?',
    "Deleting a log group removes its contents once. If the function is allowed to, it creates the group again, without a retention, and the words are back. If it isn't, its lines are lost.",
    patch,
  ],
};
