import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { describe } from '../observe/stack.ts';
import type { Target } from '../target/target.ts';

/** As much of a cloud assembly's manifest as tells what a deployment would change beside the template. */
interface Manifest {
  readonly artifacts?: Readonly<Record<string, { readonly type?: string; readonly properties?: StackProperties }>>;
}

interface StackProperties {
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
  readonly notificationArns?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Whether a stack is deployed just as an assembly has it, so that the CDK CLI would find nothing to do either. Anything
 * out of the ordinary is left to the CLI, which knows it all: another stack beside it, an update that was rolled back.
 */
export async function isDeployed(assembly: string, target: Target, stackName: string): Promise<boolean> {
  // A program that wrote nothing is told as such by whoever needs what it should have written.
  const manifest = JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8').catch(() => '{}')) as Manifest;
  const artifacts = Object.entries(manifest.artifacts ?? {}).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [name, { properties = {} } = {}] = artifacts[0] ?? [];
  if (name !== stackName || artifacts.length !== 1) return false;
  const { tags = {}, terminationProtection = false, notificationArns = [], parameters = {} } = properties;
  if (notificationArns.length > 0 || Object.keys(parameters).length > 0) return false;
  const stack = await describe(target, stackName);
  if (stack === undefined || !['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(stack.StackStatus ?? '')) return false;
  if ((stack.EnableTerminationProtection ?? false) !== terminationProtection) return false;
  if (!isDeepStrictEqual(tagsOf(stack), { ...tags })) return false;
  const written: unknown = JSON.parse(await readFile(join(assembly, `${stackName}.template.json`), 'utf8'));
  return isDeepStrictEqual(await deployedTemplate(target, stackName), written);
}

function tagsOf({ Tags = [] }: Stack): Record<string, string> {
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Undefined where it is not JSON: the CDK did not make it. */
async function deployedTemplate(target: Target, stackName: string): Promise<unknown> {
  const [client, { GetTemplateCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
  ]);
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
  try {
    return JSON.parse(TemplateBody);
  } catch {
    return undefined;
  }
}
