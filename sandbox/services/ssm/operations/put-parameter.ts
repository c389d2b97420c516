import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { tagging } from '../../../authorization/tagging.ts';
import { regional } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { checkAllowed } from '../allowed-pattern.ts';
import { parameterArn } from '../parameter.ts';
import { type ParameterVersion, parameters } from '../records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation<PutParameterRequest, PutParameterResult, 'store' | 'clock'>({
  resource: ({ Name }, call) => parameterArn(Name, call),
  alsoNeeds: ({ Name, Tags }, call) => tagging(Tags, 'ssm:AddTagsToResource', parameterArn(Name, call)),
  context: ({ Overwrite = false }) => ({ 'ssm:Overwrite': Overwrite }),
  async run(input, call) {
    const { Name = '', Value = '', DataType = 'text' } = input;
    check(input);
    const before = parameters.get(call.store, regional(call), Name);
    if (before !== undefined && input.Overwrite !== true) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (before !== undefined && input.Tags !== undefined) {
      throw new AwsError(
        'ValidationException',
        'Invalid request: tags and overwrite can’t be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.',
      );
    }
    const last = before?.versions.at(-1);
    const Type = (input.Type ?? last?.Type) as ParameterVersion['Type'] | undefined;
    if (Type === undefined)
      throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
    const AllowedPattern = input.AllowedPattern ?? before?.AllowedPattern;
    if (AllowedPattern !== undefined) checkAllowed(Value, AllowedPattern);
    const version: ParameterVersion = {
      Version: (last?.Version ?? 0) + 1,
      Type,
      Value,
      DataType,
      LastModifiedDate: call.clock.now().toISOString(),
      LastModifiedUser: call.caller.arn,
    };
    const Description = input.Description ?? before?.Description;
    await call.store.commit([
      parameters.put(regional(call), Name, {
        Name,
        Description,
        AllowedPattern,
        Tags: before?.Tags ?? Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value: tag = '' }) => [Key, tag])),
        versions: [...(before?.versions ?? []), version].slice(-100),
      }),
    ]);
    return { Version: version.Version, Tier: 'Standard' };
  },
});

function check({ Name = '', Value = '', Type, Tier, Policies, DataType = 'text' }: PutParameterRequest): void {
  if (Type === 'SecureString') throw new UnsupportedError('SecureString parameters, which need KMS');
  if (Tier === 'Advanced' || Policies !== undefined) throw new UnsupportedError('advanced parameters');
  if (DataType !== 'text') throw new UnsupportedError(`parameters of the data type ${DataType}`);
  if (Type !== undefined && Type !== 'String' && Type !== 'StringList') {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${Type}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]`,
    );
  }
  if (!/^\/?[\w.-]+(\/[\w.-]+)*$/.test(Name) || (Name.includes('/') && !Name.startsWith('/'))) {
    throw new AwsError(
      'ValidationException',
      'Parameter name must be a fully qualified name, and can include only letters, digits, "_", ".", "-" and "/" as a separator.',
    );
  }
  if (/^\/?(aws|ssm)/i.test(Name)) {
    throw new AwsError(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
  if (Name.replace(/^\//, '').split('/').length > 15) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.',
    );
  }
  if (Value === '') {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (Buffer.byteLength(Value) > 4096) {
    throw new AwsError(
      'ValidationException',
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
    );
  }
}
