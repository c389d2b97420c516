import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { logLines, logsDocument } from './logs.ts';

const events = Array.from({ length: 700 }, (_, index) => ({ timestamp: index, message: `line ${index}` }));
const clients = {
  lambda: async () => ({ send: async () => ({}) }),
  // The paginator accepts only a real client.
  logs: async () =>
    Object.assign(new CloudWatchLogsClient({ region: 'us-east-1' }), { send: async () => ({ events }) }),
};
const subject = {
  target: { kind: 'practice', clients },
  resources: [{ type: 'AWS::Lambda::Function', physicalId: 'send', logicalId: 'Send' }],
  locate: () => undefined,
} as unknown as Subject;

test('reads all log lines, of which the console shows the newest', async () => {
  expect(await logLines(subject, 0)).toHaveLength(700);
  const { lines } = await logsDocument(subject);
  expect(lines).toHaveLength(500);
  expect(lines.at(-1)?.text).toBe('line 699');
});
