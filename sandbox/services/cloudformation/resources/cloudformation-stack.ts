import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../calls/errors.ts';
import { physicalName } from '../engine/names.ts';
import { ValidationError } from '../validation-error.ts';
import { type Attributes, type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { ownTags } from './tags.ts';

interface Properties {
  readonly TemplateURL: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  readonly NotificationARNs?: readonly string[];
  readonly TimeoutInMinutes?: number;
}

/** A nested stack has its parent's permissions. */
const Capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

/**
 * A nested stack: the engine deploys it like any other, and its parent waits for it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 */
export const cloudFormationStack = resourceType<Properties>({
  properties: {
    TemplateURL: 'update',
    Parameters: 'update',
    Tags: 'update',
    NotificationARNs: 'update',
    TimeoutInMinutes: 'update',
  },
  required: ['TemplateURL'],
  numbers: ['TimeoutInMinutes'],
  taggable: true,
  attributes: ['Outputs.*'],
  identify: (resource, { region, accountId, ids }) =>
    `arn:aws:cloudformation:${region}:${accountId}:stack/${physicalName(resource, 128, ids)}/${ids.uuid()}`,
  async create(resource, call) {
    const { physicalId } = resource;
    // If it fails, what it created is deleted with it when its parent rolls back.
    const request = { StackName: physicalId.split('/')[1], ...asked(resource), OnFailure: 'DO_NOTHING' };
    await call.perform('cloudformation', 'CreateStack', request, { assignedId: physicalId });
    const { StackStatus, StackStatusReason } = await ended(physicalId, call);
    if (StackStatus !== 'CREATE_COMPLETE') {
      throw new ValidationError(
        `Embedded stack ${physicalId} was not successfully created: ${StackStatusReason?.trimEnd() ?? StackStatus}`,
      );
    }
    return { attributes: outputsOf(physicalId, call) };
  },
  async update(resource, _former, call) {
    const { physicalId } = resource;
    await ended(physicalId, call);
    try {
      await call.perform('cloudformation', 'UpdateStack', { StackName: physicalId, ...asked(resource) });
    } catch (error) {
      if (!(error instanceof AwsError) || error.message !== 'No updates are to be performed.') throw error;
      return outputsOf(physicalId, call);
    }
    const { StackStatus, StackStatusReason } = await ended(physicalId, call);
    if (StackStatus !== 'UPDATE_COMPLETE') {
      throw new ValidationError(
        `Embedded stack ${physicalId} was not successfully updated. Currently in ${StackStatus} with reason: ${StackStatusReason?.trimEnd() ?? ''}`,
      );
    }
    return outputsOf(physicalId, call);
  },
  async delete({ physicalId }, call) {
    if (!call.isStack(physicalId)) return;
    await ended(physicalId, call);
    await call.perform('cloudformation', 'DeleteStack', { StackName: physicalId });
    const left = await ended(physicalId, call);
    if (left.StackStatus !== 'DELETE_COMPLETE') {
      throw new ValidationError(
        `Embedded stack ${physicalId} was not successfully deleted: ${left.StackStatusReason?.trimEnd() ?? left.StackStatus}`,
      );
    }
  },
});

function asked(resource: Resource<Properties>) {
  const { Parameters = {}, TemplateURL, NotificationARNs, TimeoutInMinutes } = resource.properties;
  return {
    TemplateURL,
    Parameters: Object.entries(Parameters).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
    })),
    Tags: ownTags(resource),
    Capabilities,
    NotificationARNs,
    TimeoutInMinutes,
  };
}

/**
 * Resolves with the stack once no operation is in progress. DescribeStacks itself waits for operations of this process.
 */
async function ended(StackName: string, { perform, check }: ResourceCall): Promise<Stack> {
  for (;;) {
    const { Stacks = [] } = await perform<{ Stacks?: Stack[] }>('cloudformation', 'DescribeStacks', { StackName });
    const [stack] = Stacks;
    if (stack === undefined) throw new ValidationError(`Stack with id ${StackName} does not exist`);
    if (!/_IN_PROGRESS$/.test(stack.StackStatus ?? '')) return stack;
    check();
    await pause(20);
  }
}

function outputsOf(stackId: string, call: ResourceCall): Attributes {
  return Object.fromEntries(Object.entries(call.outputsOf(stackId)).map(([key, value]) => [`Outputs.${key}`, value]));
}
