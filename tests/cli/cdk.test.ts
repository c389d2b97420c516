import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  workshop = await layOutWorkshop();
  await workshop.lab('sandbox', 'start', '--port', '0');
  const { stdout } = await workshop.lab('env', '--shell', 'sh');
  const variables = [...stdout.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]);
  environment = { ...workshop.environment, ...Object.fromEntries(variables), CI: '1' };
});
afterAll(() => workshop.remove());

/** Starts the CDK CLI in lab 1's folder, like people who prefer it to `lab`. */
function start(...args: string[]): { readonly child: ChildProcess; printed(): string } {
  const cli = join(workshop.root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: join(workshop.root, 'labs', '01-missing-route'),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let all = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (all += text));
  return { child, printed: () => all };
}

/** Returns the options of an SDK client for the practice account, in another region. */
function practiceClient(region: string) {
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID: accessKeyId = '' } = environment;
  const { AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

async function cdk(...args: string[]): Promise<{ code: number; printed: string }> {
  const { child, printed } = start(...args);
  const [code] = await once(child, 'close');
  return { code, printed: printed() };
}

describe('the CDK CLI in a practice account', () => {
  it('reports that the account is bootstrapped, in every region', async () => {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const { code, printed } = await cdk('bootstrap', `aws://111122223333/${region}`);
      expect(printed).toContain(`aws://111122223333/${region} bootstrapped (no changes).`);
      expect(printed).not.toMatch(/^\s+at /m);
      expect(code).toBe(0);
    }
  });

  it('bootstraps by force, and after somebody deleted the bootstrap stack', async () => {
    const place = 'aws://111122223333/eu-west-1';
    const completes = async (...args: string[]) => {
      const { code, printed } = await cdk('bootstrap', ...args, place);
      expect(printed).toContain(`${place} bootstrapped`);
      expect(printed).not.toMatch(/^\s+at /m);
      expect(code).toBe(0);
    };
    await completes('--force');
    const cloudformation = new CloudFormationClient(practiceClient('eu-west-1'));
    const StackName = 'CDKToolkit';
    await cloudformation.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete({ client: cloudformation, maxWaitTime: 60, minDelay: 1 }, { StackName });
    await completes();
    await completes('--force');
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.map(({ StackStatus }) => StackStatus)).toEqual(['UPDATE_COMPLETE']);
    const RoleArn = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1';
    const sts = new STSClient(practiceClient('eu-west-1'));
    await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'deployer' }));
    expect((await cdk('bootstrap', '--force', '--qualifier', 'other', place)).printed).toContain('Qualifier=other');
  }, 120_000);

  it('lists, synthesizes, compares, deploys, hotswaps and destroys', async () => {
    expect(await cdk('synth', '--quiet')).toMatchObject({ code: 0 });
    const made = ['--app', 'cdk.out'];
    expect(await cdk('list', ...made)).toMatchObject({ code: 0, printed: 'chat-01-missing-route\n' });
    expect((await cdk('diff', ...made)).printed).toContain('[+] AWS::ApiGatewayV2::Api');
    expect(await cdk('deploy', ...made)).toMatchObject({ code: 0 });
    expect((await cdk('diff', ...made)).printed).toContain('There were no differences');
    expect(await cdk('deploy', '--hotswap', ...made)).toMatchObject({ code: 0 });
    expect((await cdk('rollback', ...made)).printed).toContain('does not need a rollback');
    expect((await cdk('drift', ...made)).printed).toContain("The practice account doesn't support");
    expect(await cdk('destroy', '--force', ...made)).toMatchObject({ code: 0 });
  }, 240_000);

  it('watches a lab and reads the logs of its functions', async () => {
    expect(await cdk('deploy')).toMatchObject({ code: 0 });
    const { child, printed } = start('watch');
    try {
      // The CLI reads the logs every two seconds, and reports each failure.
      await expect.poll(printed, { timeout: 120_000 }).toContain('Total time');
      const invoked = await workshop.lab('check', '01');
      expect(invoked.code).toBe(1);
      await expect.poll(printed, { timeout: 60_000 }).toMatch(/\[aws\/lambda|\/aws\/lambda|START RequestId|REPORT/);
      expect(printed()).not.toMatch(/AccessDenied|not authorized/);
    } finally {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'close');
    }
  }, 240_000);
});
