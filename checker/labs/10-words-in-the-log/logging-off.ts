import type { Finding } from '../../checking/check.ts';

// Mistakes that keep a function from logging at all, or from doing anything that can fail, each with its own hints.

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

export const sendsNothing: Finding = {
  id: 'sends-nothing',
  hints: [
    "Messages don't arrive anymore, even if nothing goes wrong with a post.",
    'Which answer did Ada get? If it was an error of API Gateway, the function failed: `npx lab logs 10` shows the error.',
    "A deployment compiles the handler, but checks no types: a misspelled name, or a variable that no longer exists, fails only when its line runs. And if you remove the text from the event in order to log it, it's gone for the rest of the function, too.",
    "Change only what is logged. The solution's file:",
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
