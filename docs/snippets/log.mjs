// Prints the log of the function behind `sendmessage` in lab 2.
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const logs = new CloudWatchLogs();
const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: 'chat-02-lambda-permissions-SendMessage' });
for (const { logGroupName } of logGroups) {
  const { events } = await logs.filterLogEvents({ logGroupName });
  for (const { message } of events) console.log(message.trimEnd());
}
