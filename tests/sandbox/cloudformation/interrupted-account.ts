import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { startPracticeAccount } from '../../../sandbox/index.ts';
import { Store } from '../../../sandbox/state/store.ts';

/**
 * A program for the test of interrupted deployments: starts the account in a folder, deploys a template, and is killed
 * by the system at the n-th write of the state, before or after that write is on the disk. Arguments: folder, create or
 * update, template, n, before or after. Exits with 0 if there were fewer writes, or n is 0.
 */
const [folder = '', verb, TemplateBody = '', count, when] = process.argv.slice(2);
const account = await startPracticeAccount({ folder, command: 'an interrupted test' });
const { accessKeyId, secretAccessKey } = account.identity;
const client = new CloudFormationClient({
  endpoint: account.url,
  region: account.region,
  credentials: { accessKeyId, secretAccessKey },
});

const commit = Store.prototype.commit;
let left = Number(count);
Store.prototype.commit = async function (writes) {
  left -= 1;
  const isLast = left === 0;
  if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
  await commit.call(this, writes);
  if (isLast) process.kill(process.pid, 'SIGKILL');
};

const input = { StackName: 'interrupted', TemplateBody, Capabilities: ['CAPABILITY_IAM' as const] };
await client.send(verb === 'create' ? new CreateStackCommand(input) : new UpdateStackCommand(input));
let status: string | undefined;
do {
  // The answer is held until the deployment ends, up to a limit.
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: input.StackName }));
  status = Stacks?.[0]?.StackStatus;
} while (status?.endsWith('IN_PROGRESS'));
await account.close();
