import type { World } from '../../calls/context.ts';
import { stacks } from '../cloudformation/records.ts';
import { functions } from './records.ts';

/** Returns the ARNs of the functions of the stack that was deployed last, the one that changed first before the others. */
export function functionsDeployedLast({ store }: Pick<World, 'store'>): string[] {
  const all = functions.scopes(store).flatMap((scope) => functions.list(store, scope));
  const of = (stack: string) => all.filter(({ tags }) => tags['aws:cloudformation:stack-id'] === stack);
  const deployed = stacks.scopes(store).flatMap((scope) => stacks.list(store, scope));
  const at = ({ LastUpdatedTime, CreationTime }: (typeof deployed)[number]) => LastUpdatedTime ?? CreationTime;
  const last = deployed
    .sort((one, other) => at(other).localeCompare(at(one)))
    .map(({ StackId }) => of(StackId))
    .find((own) => own.length > 0);
  return (last ?? [])
    .sort((one, other) => one.latest.LastModified.localeCompare(other.latest.LastModified))
    .map(({ FunctionArn }) => FunctionArn);
}
