// Leaves a row in lab 4's table, as a train in a tunnel does: its connection is gone, and `$disconnect` never ran.
import { randomBytes } from 'node:crypto';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';

// Hides the SDK's warning about Node.js 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const connectionId = `${randomBytes(11).toString('base64url')}=`;
const anHourAgo = Date.now() - 60 * 60 * 1000;

try {
  const { StackResources } = await new CloudFormation().describeStackResources({
    StackName: 'chat-04-stale-connections',
  });
  const table = StackResources.find(({ ResourceType }) => ResourceType === 'AWS::DynamoDB::Table');
  await new DynamoDB().putItem({
    TableName: table.PhysicalResourceId,
    Item: { connectionId: { S: connectionId }, name: { S: 'grace' }, connectedAt: { N: String(anHourAgo) } },
  });
  console.log(`grace is in the tunnel. Her row is ${connectionId}.`);
} catch (error) {
  console.error(`Couldn't find the room of lab 4: ${error.message || error.code}`);
  console.error('Point this terminal at the account: eval "$(npx lab env)", or export AWS_PROFILE=… on AWS.');
  console.error('Also make sure that the practice account is running (npx lab sandbox start) and the lab is deployed.');
  process.exit(1);
}
