import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { PracticeAccountOptions } from '../../sandbox/index.ts';
import { startTestAccount, type TestAccount } from '../account.ts';

const root = join(import.meta.dirname, '../..');
const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
const run = promisify(execFile);

export interface SolvedRoom {
  readonly account: TestAccount;
  readonly address: string;
  close(): Promise<void>;
}

/** A lab's solution, lab 1's unless said otherwise, deployed with the stock CDK CLI into a practice account of its own. */
export function deploySolvedRoom(
  lab = '01-missing-route',
  options: Partial<PracticeAccountOptions> = {},
): Promise<SolvedRoom> {
  return deployRoom('solutions', lab, options);
}

/** A lab as it starts, or its solution, deployed in the same way. */
export async function deployRoom(
  from: 'labs' | 'solutions',
  lab: string,
  options: Partial<PracticeAccountOptions> = {},
): Promise<SolvedRoom> {
  const account = await startTestAccount(options);
  try {
    await deploy(account, join(root, from, lab));
    return { account, address: await addressOf(account, lab), close: () => account.close() };
  } catch (error) {
    await account.close();
    throw error;
  }
}

async function deploy({ client, folder }: TestAccount, cwd: string): Promise<void> {
  // Apart from what others synthesize at the same time.
  const output = join(folder, 'cdk.out');
  await run(process.execPath, [cdk, 'deploy', '--output', output], {
    cwd,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: client.endpoint,
      AWS_REGION: client.region,
      AWS_ACCESS_KEY_ID: client.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: client.credentials.secretAccessKey,
      CI: '1',
    },
  });
  await rm(output, { recursive: true, force: true });
}

async function addressOf({ client }: TestAccount, lab: string): Promise<string> {
  const cloudformation = new CloudFormationClient(client);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: `chat-${lab}` }));
  const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RoomAddress');
  if (output?.OutputValue === undefined) throw new Error('The stack has no output RoomAddress.');
  return output.OutputValue;
}
