import { rm } from 'node:fs/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { practiceTarget } from '../../checker/aws/open.ts';
import type { PracticeAccountOptions } from '../../sandbox/index.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { deployVariant } from '../quick-deployment.ts';

export interface SolvedRoom {
  readonly account: TestAccount;
  readonly address: string;
  close(): Promise<void>;
}

/** Deploys a lab's solution (lab 1's by default) into a practice account of its own. */
export function deploySolvedRoom(
  lab = '01-missing-route',
  options: Partial<PracticeAccountOptions> = {},
): Promise<SolvedRoom> {
  return deployRoom('solution', lab, options);
}

/** Deploys a lab as it starts, or its solution, in the same way. */
export async function deployRoom(
  which: 'start' | 'solution',
  lab: string,
  options: Partial<PracticeAccountOptions> = {},
): Promise<SolvedRoom> {
  const account = await startTestAccount(options);
  try {
    const target = practiceTarget(account.identity, account.port, {
      allowPage: async (origin) => account.allowPage(origin),
      close: async () => {},
    });
    const folder = await deployVariant(lab, which, target);
    await target.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return { account, address: await addressOf(account, lab), close: () => account.close() };
  } catch (error) {
    await account.close();
    throw error;
  }
}

async function addressOf({ client }: TestAccount, lab: string): Promise<string> {
  const cloudformation = new CloudFormationClient(client);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: `chat-${lab}` }));
  const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RoomAddress');
  if (output?.OutputValue === undefined) throw new Error('The stack has no output RoomAddress.');
  return output.OutputValue;
}
