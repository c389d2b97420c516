import { isDeepStrictEqual } from 'node:util';
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { describe } from '../observe/stack.ts';
import { type AssembledStack, stacksIn } from './manifest.ts';

/**
 * Returns whether a stack is deployed exactly as in an assembly, so that the CDK CLI would find nothing to do. Unusual
 * cases are left to the CLI: another stack beside it, an update that was rolled back. `written` and `deployed` are the
 * texts of its template there, and of the one that was last deployed.
 */
export async function isDeployed(
  assembly: string,
  target: Target,
  {
    stackName,
    properties,
    written,
    deployed,
  }: Pick<AssembledStack, 'properties'> & {
    readonly stackName: string;
    readonly written: string;
    readonly deployed: string;
  },
): Promise<boolean> {
  if (properties === undefined || (await stacksIn(assembly)).size !== 1) return false;
  const { tags = {}, terminationProtection = false, notificationArns = [], parameters = {} } = properties;
  if (notificationArns.length > 0 || Object.keys(parameters).length > 0) return false;
  const stack = await describe(target, stackName);
  if (stack === undefined || !['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(stack.StackStatus ?? '')) return false;
  if ((stack.EnableTerminationProtection ?? false) !== terminationProtection) return false;
  if (!isDeepStrictEqual(tagsOf(stack), { ...tags })) return false;
  return isDeepStrictEqual(parsed(deployed), JSON.parse(written));
}

function tagsOf({ Tags = [] }: Stack): Record<string, string> {
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Undefined if it isn't JSON: then the CDK didn't generate it. */
function parsed(template: string): unknown {
  try {
    return JSON.parse(template);
  } catch {
    return undefined;
  }
}
