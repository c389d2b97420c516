import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { type Zippable, zipSync } from 'fflate';
import type { Target } from '../aws/target.ts';
import { stackNamed, stacksIn } from '../deploy/manifest.ts';
import { LabError } from '../failures/errors.ts';
import { firstFailure } from '../observe/first-failure.ts';
import { describe } from '../observe/stack.ts';

/** `<id>.assets.json` */
interface Assets {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
}

/** What each account has from earlier uploads: an asset's key is the digest of its content. */
const uploaded = new WeakMap<Target, Set<string>>();

/**
 * Deploys a stack of a cloud assembly through the APIs of S3 and CloudFormation, as the CDK CLI does, but without the
 * seconds that the CLI takes to load. Rejects with a LabError if the stack is rejected or fails.
 */
export async function deployAssembly(target: Target, assembly: string, stackName: string): Promise<void> {
  const stack = stackNamed(await stacksIn(assembly), stackName);
  const { id, properties = {}, additionalMetadataFile } = stack ?? {};
  if (properties.stackTemplateAssetObjectUrl === undefined) {
    throw new LabError(`stack.ts doesn't define a stack named ${stackName}.`, 'The lab is identified by that name.');
  }
  if (additionalMetadataFile !== undefined) await refuseErrors(join(assembly, additionalMetadataFile));
  const { Account = '' } = await identity(target);
  const filled = (text: string) =>
    text
      .replaceAll(`\${AWS::AccountId}`, Account)
      .replaceAll(`\${AWS::Region}`, target.region)
      .replaceAll(`\${AWS::Partition}`, 'aws');
  await upload(target, assembly, await json<Assets>(join(assembly, `${id}.assets.json`)), filled);
  const [client, { CreateStackCommand, UpdateStackCommand }, exists] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
    isUpdatable(target, stackName),
  ]);
  const { cloudFormationExecutionRoleArn: role, tags = {} } = properties;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(filled(properties.stackTemplateAssetObjectUrl)) ?? [];
  const input = {
    StackName: stackName,
    TemplateURL: `https://${bucket}.s3.${target.region}.amazonaws.com/${key}`,
    Capabilities: ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    RoleARN: role && filled(role),
  };
  try {
    await client.send(exists ? new UpdateStackCommand(input) : new CreateStackCommand(input));
  } catch (error) {
    if (error instanceof Error && /No updates are to be performed/.test(error.message)) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(`CloudFormation rejects ${stackName}: ${reason}`, '', { cause: error });
  }
  const after = await ended(target, stackName);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(after?.StackStatus ?? '')) {
    const { cause } = await firstFailure(target, after?.StackId ?? stackName);
    const { logicalId = stackName, reason = 'no reason given' } = cause ?? {};
    throw new LabError(`${stackName} ended ${after?.StackStatus}: ${logicalId}: ${reason}`, '');
  }
}

/** Returns whether the stack exists. One whose creation failed can't be updated, so it is deleted, as the CLI does. */
async function isUpdatable(target: Target, stackName: string): Promise<boolean> {
  const stack = await describe(target, stackName);
  if (stack?.StackStatus !== 'ROLLBACK_COMPLETE') return stack !== undefined;
  const [client, { DeleteStackCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  await client.send(new DeleteStackCommand({ StackName: stackName }));
  return (await ended(target, stackName)) !== undefined;
}

/** Constructs report errors in the metadata, and then the CLI deploys nothing. */
async function refuseErrors(file: string): Promise<void> {
  const entries = Object.values(await json<Record<string, readonly { type?: string; data?: unknown }[]>>(file));
  const error = entries.flat().find(({ type }) => type === 'aws:cdk:error');
  if (error !== undefined) throw new LabError(`The CDK finds an error in the stack: ${String(error.data)}`, '');
}

async function upload(
  target: Target,
  assembly: string,
  { files }: Assets,
  filled: (text: string) => string,
): Promise<void> {
  const [client, { PutObjectCommand }] = await Promise.all([target.clients.s3(), import('../aws/sdk/s3.ts')]);
  const there = uploaded.get(target) ?? new Set();
  uploaded.set(target, there);
  for (const { source, destinations } of Object.values(files)) {
    const path = join(assembly, source.path);
    const missing = Object.values(destinations).filter(({ objectKey }) => !there.has(objectKey));
    if (missing.length === 0) continue;
    const Body = source.packaging === 'zip' ? await zipped(path) : await readFile(path);
    for (const { bucketName, objectKey } of missing) {
      await client.send(new PutObjectCommand({ Bucket: filled(bucketName), Key: objectKey, Body }));
      there.add(objectKey);
    }
  }
}

/** The same bytes for the same files: a zip contains times. */
async function zipped(folder: string): Promise<Uint8Array> {
  const files: Zippable = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    files[
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/')
    ] = await readFile(path);
  }
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 1 });
}

async function identity(target: Target) {
  const [client, { GetCallerIdentityCommand }] = await Promise.all([target.clients.sts(), import('../aws/sdk/sts.ts')]);
  return client.send(new GetCallerIdentityCommand({}));
}

/** The practice account delays its answer while an operation is in progress. */
async function ended(target: Target, stackName: string): Promise<Stack | undefined> {
  for (;;) {
    const stack = await describe(target, stackName);
    if (!/_IN_PROGRESS$/.test(stack?.StackStatus ?? '')) return stack;
  }
}

async function json<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
