import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../aws/environment.ts';
import type { Job } from './message.ts';
import { validates, withoutValidation } from './validation.ts';

/** The job of a process that writes the stack of `folder` into `assembly`, which is emptied first. */
export async function prepareJob({
  folder,
  assembly,
  environment,
}: {
  folder: string;
  assembly: string;
  environment: Environment;
}): Promise<Job> {
  await rm(assembly, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(assembly, { recursive: true });
  return {
    folder,
    environment: { ...environment, ...cdkEnvironment(assembly, await contextOf(folder), environment) },
  };
}

/** Returns the variables that the CDK CLI 2.1148 sets: https://docs.aws.amazon.com/cdk/v2/guide/environments.html */
function cdkEnvironment(assembly: string, context: Context, { AWS_REGION }: Environment): Environment {
  return {
    CDK_OUTDIR: assembly,
    CDK_CONTEXT_JSON: JSON.stringify({
      ...context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-version-reporting': true,
      'aws:cdk:bundling-stacks': ['**'],
    }),
    CDK_DEFAULT_REGION: AWS_REGION,
    // A stack without an environment goes to the credentials' account.
    CDK_DEFAULT_ACCOUNT: undefined,
    CDK_VALIDATION: context[validates] === true ? undefined : withoutValidation.CDK_VALIDATION,
  };
}

type Context = Readonly<Record<string, unknown>>;

/** The `context` of the lab's `cdk.json`, which may not exist. */
async function contextOf(folder: string): Promise<Context> {
  try {
    const { context = {} } = JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8')) as { context?: Context };
    return context;
  } catch {
    return {};
  }
}
