import type { Finding } from '../../checking/check.ts';

/** A log that API Gateway writes is kept forever. */
export const ofStage: Finding = {
  id: 'log-of-the-stage',
  hints: [
    'The logs of the functions expire. That of the stage does not.',
    'Who makes the log group of the stage: you, or API Gateway?',
    'API Gateway makes the group of an execution log itself, without a retention. A stack can make it first, under the same name: `API-Gateway-Execution-Logs_<api id>/<stage>`. The group of an access log is always your own.',
    'Make the group in stack.ts, with a retention, before the stage logs. The stage as it was:',
  ],
};
