import { rm } from 'node:fs/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { practiceTarget } from '../../checker/aws/open.ts';
import type { PracticeAccountOptions } from '../../sandbox/index.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { deployVariant } from '../quick-deployment.ts';
import { stackOutput } from '../stack-output.ts';

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
    const address = await stackOutput(new CloudFormationClient(account.client), `chat-${lab}`, 'RoomAddress');
    return { account, address, close: () => account.close() };
  } catch (error) {
    await account.close();
    throw error;
  }
}
