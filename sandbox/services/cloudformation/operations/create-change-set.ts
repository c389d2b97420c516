import type { CreateChangeSetInput, CreateChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../authorization/pass-role.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { actingFor, type BeginNeeds, checkStackName, requireUpdatable } from '../begin.ts';
import { bootstrapNeeds, bootstrapped } from '../cdk-bootstrap-request.ts';
import { askedFor } from '../definition.ts';
import { engineOf } from '../engine/engine.ts';
import { stackWrites } from '../engine/journal.ts';
import { findChangeSet, findStack, stackArn } from '../lookup.ts';
import { flag, list } from '../members.ts';
import { newStack } from '../new-stack.ts';
import { type ChangeSetRecord, changeSets, key, type StackRecord, stackScope } from '../records.ts';
import { changesOf } from '../update.ts';
import { ValidationError } from '../validation-error.ts';

const unchanged =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/**
 * The changes are computed before the response, so nobody has to wait for a change set
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html).
 */
export const createChangeSet = operation<CreateChangeSetInput, CreateChangeSetOutput, BeginNeeds | 'bootstrap'>({
  resource: ({ StackName }, call) => stackArn(StackName, call),
  alsoNeeds: (input, call) => [
    ...passRole(input.RoleARN, 'cloudformation.amazonaws.com'),
    ...bootstrapNeeds(input, call),
  ],
  async run(sent, call) {
    const input = await bootstrapped(sent, call);
    const { ChangeSetName = '', ChangeSetType = 'UPDATE' } = input;
    refuseUnserved(input);
    const find = (): StackRecord => {
      const stack = stackFor(input, call);
      const existing = findChangeSet(ChangeSetName, stack.StackId, call);
      if (existing !== undefined && existing.changeSet.ExecutionStatus !== 'EXECUTE_COMPLETE') {
        throw new AwsError(
          'AlreadyExistsException',
          `ChangeSet ${ChangeSetName} cannot be created due to a mismatch with existing attribute Name`,
        );
      }
      return stack;
    };
    const before = find();
    actingFor(call, input.RoleARN ?? before.RoleARN);
    const asked = await askedFor(input, before, call);
    // If another request has created the stack meanwhile, that one counts.
    const now = findStack(input.StackName, call);
    const stack = now === undefined ? before : find();
    if (stack.StackId !== before.StackId) {
      throw new AwsError('AlreadyExistsException', `Stack [${stack.StackName}] already exists`);
    }
    const Changes = changesOf(stack, asked, call);
    const scope = stackScope(stack.StackId);
    const id = call.ids.uuid();
    const changeSet: ChangeSetRecord = {
      ...asked.definition,
      ChangeSetId: `arn:aws:cloudformation:${call.region}:${call.accountId}:changeSet/${ChangeSetName}/${id}`,
      ChangeSetName,
      ChangeSetType: ChangeSetType === 'CREATE' ? 'CREATE' : 'UPDATE',
      CreationTime: call.clock.now().toISOString(),
      NotificationARNs: list(input.NotificationARNs),
      Changes: Changes ?? [],
      ...(Changes === undefined
        ? { Status: 'FAILED', StatusReason: unchanged, ExecutionStatus: 'UNAVAILABLE' }
        : { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' }),
      ChangeSetDescription: input.Description,
      OnStackFailure: input.OnStackFailure,
    };
    const superseded = findChangeSet(ChangeSetName, stack.StackId, call)?.changeSet;
    await call.store.commit([
      ...(now === undefined ? stackWrites({ engine: engineOf(call), stackId: stack.StackId }, stack) : []),
      ...(superseded === undefined ? [] : [changeSets.remove(scope, key(superseded.ChangeSetId))]),
      ...asked.writes,
      changeSets.put(scope, id, changeSet),
    ]);
    return { Id: changeSet.ChangeSetId, StackId: stack.StackId };

    function stackFor({ StackName }: CreateChangeSetInput, place: typeof call): StackRecord {
      const stack = findStack(StackName, place);
      if (ChangeSetType !== 'CREATE') {
        if (stack === undefined) throw new ValidationError(`Stack [${StackName}] does not exist`);
        requireUpdatable(stack);
        return stack;
      }
      if (stack === undefined) {
        checkStackName(StackName);
        return {
          ...newStack(StackName, 'REVIEW_IN_PROGRESS', place),
          StackStatusReason: 'User Initiated',
        };
      }
      if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack;
      throw new ValidationError(
        `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
      );
    }
  },
});

function refuseUnserved(input: CreateChangeSetInput): void {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(input.ChangeSetName ?? '')) {
    throw new ValidationError(
      `1 validation error detected: Value '${input.ChangeSetName}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  if (input.ChangeSetType === 'IMPORT') throw new UnsupportedError('change sets of the type IMPORT');
  for (const member of ['RollbackConfiguration', 'DeploymentMode'] as const) {
    if (input[member] !== undefined) throw new UnsupportedError(`${member} of CreateChangeSet`);
  }
  // IncludeNestedStacks, which the CDK sends, has no effect: there are no nested stacks.
  if (flag(input.ImportExistingResources)) throw new UnsupportedError('ImportExistingResources of CreateChangeSet');
}
