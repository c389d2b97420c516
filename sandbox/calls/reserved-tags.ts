import { AwsError } from './errors.ts';

const reserved = 'aws: prefixed tag key names are not allowed for external use.';

/** Each service's error for a reserved tag: its code and message. */
const refusals: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  apigateway: ['BadRequestException', "Invalid tag key. Tag keys cannot start with 'aws:'"],
  cloudformation: ['ValidationError', reserved],
  'cognito-idp': ['InvalidParameterException', reserved],
  dynamodb: ['ValidationException', reserved],
  iam: ['InvalidInput', reserved],
  lambda: ['InvalidParameterValueException', reserved],
  logs: ['InvalidParameterException', reserved],
  ssm: ['ValidationException', reserved],
  sts: ['InvalidParameterValue', reserved],
};

/**
 * Rejects tags whose keys begin with `aws:`, in any case, in requests; CloudFormation adds its own to what it creates
 * (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html).
 */
export function refuseReservedTags(input: object, service: string): void {
  const { Tags, tags, UserPoolTags } = input as Readonly<Record<string, unknown>>;
  const [code, sentence] = refusals[service] ?? [];
  if (code === undefined || sentence === undefined) return;
  if ([Tags, tags, UserPoolTags].flatMap(keysOf).some((key) => /^aws:/i.test(key))) throw new AwsError(code, sentence);
}

/** Returns the tags' keys, from a list of keys with values or from a map of strings. */
function keysOf(tags: unknown): string[] {
  if (typeof tags !== 'object' || tags === null) return [];
  return Array.isArray(tags) ? tags.map((tag) => String(tag?.Key)) : Object.keys(tags);
}
