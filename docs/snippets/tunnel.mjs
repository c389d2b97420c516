// Leaves a row in the table of lab 4, as a train in a tunnel does: its connection is gone, and `$disconnect` never ran.
import { randomBytes } from 'node:crypto';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';

// The SDK's warning about Node.js 20 helps nobody here.
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
  console.error(`Can't reach the room of lab 4: ${error.message || error.code}`);
  console.error('Point this terminal at the account: eval "$(npx lab env)", or export AWS_PROFILE=… on AWS.');
  console.error('The practice account has to run (npx lab sandbox start), and the lab has to be deployed.');
  process.exit(1);
}
