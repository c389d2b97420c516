import type { Finding } from '../../checking/check.ts';

/** A log that API Gateway writes never expires. */
export const ofStage: Finding = {
  id: 'log-of-the-stage',
  hints: [
    "The functions' logs expire, but the stage's log doesn't.",
    "Who creates the stage's log group: you, or API Gateway?",
    'API Gateway creates the log group of an execution log, without a retention. A stack can create it first, with the same name: `API-Gateway-Execution-Logs_<api id>/<stage>`. Once API Gateway has created it, it stays, even when the stage stops logging, and no stack can create it again: turn the logging off, delete the group (`aws logs delete-log-group --log-group-name <name>`, after `eval "$(npx lab env)"`), and deploy. The log group of an access log is always your own.',
    'Create the log group in stack.ts, with a retention, before the stage logs. The original stage:',
  ],
};
