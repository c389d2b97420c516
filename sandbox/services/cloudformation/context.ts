import type { ContextKeys, ContextValue } from '../../iam-policy/request-context.ts';

/** Members of CloudFormation's requests, with their condition keys. */
const keys: ReadonlyArray<readonly [member: string, key: string]> = [
  ['ChangeSetName', 'cloudformation:ChangeSetName'],
  ['ResourceTypes', 'cloudformation:ResourceTypes'],
  ['RoleARN', 'cloudformation:RoleArn'],
  ['StackPolicyURL', 'cloudformation:StackPolicyUrl'],
  ['TemplateURL', 'cloudformation:TemplateUrl'],
];

/**
 * The condition keys of CloudFormation's actions
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html).
 */
export function stackContext(input: object): ContextKeys {
  const given = input as Readonly<Record<string, ContextValue | undefined>>;
  return Object.fromEntries(
    keys.flatMap(([member, key]) => (given[member] === undefined ? [] : [[key, given[member]]])),
  );
}
