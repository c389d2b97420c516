import { AwsError } from '../calls/errors.ts';

/** Members that are strings in every service here, by the ends of AWS's names. */
const texts = /(Name|Arn|ARN|Document|Expression|Pattern|Token|TemplateBody|Description|Handler|Runtime)$/i;
const textMembers = new Set(['Path', 'PathPrefix', 'Role', 'PermissionsBoundary', 'Policy', 'Value', 'VersionId']);
/**
 * Lists of strings, by the same. DynamoDB's `ExpressionAttributeNames` is a map, STS's `PolicyArns` a list of
 * structures.
 */
const lists = /^(?!Expression|PolicyArns)\w*(Names|Arns|TagKeys|PolicyInputList)$/;
/** Lists of structures. */
const structures = new Set(['AttributeDefinitions', 'Filters', 'KeySchema', 'ParameterFilters', 'PolicyArns', 'Tags']);

/**
 * Returns an input whose members have the types that operations rely on: an object, and strings where AWS's names say
 * so. JSON's null is an absent member (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). Throws
 * `SerializationException` for other types, as the services do before they look at values. `tagsAreMap`: this service's
 * tags are a map, not a list of structures.
 */
export function checkMemberKinds(input: unknown, { tagsAreMap = false } = {}): Record<string, unknown> {
  if (!isObject(input)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  const all = Object.entries(input);
  const members = all.filter(([, value]) => value !== null);
  for (const [name, value] of members) {
    if (typeof value !== 'string' && value !== undefined && (texts.test(name) || textMembers.has(name))) {
      throw new AwsError('SerializationException', `The value of ${name.slice(0, 100)} cannot be converted to String.`);
    }
    // The query protocol sends an empty list as an empty string.
    if (
      lists.test(name) &&
      value !== '' &&
      !(Array.isArray(value) && value.every((item) => typeof item === 'string'))
    ) {
      throw new AwsError('SerializationException', `The value of ${name.slice(0, 100)} cannot be converted to a list.`);
    }
    if (name === 'RequestItems' && !isOfRequests(value)) {
      throw new AwsError('SerializationException', `The value of ${name} cannot be converted to a map.`);
    }
    if (name === 'TransactItems') checkParts(value);
    const isMap = name === 'Tags' && tagsAreMap;
    if (structures.has(name) && value !== '' && !(isMap ? isMapOfTexts(value) : isOfStructures(value))) {
      throw new AwsError('SerializationException', `The value of ${name} cannot be converted to a list of structures.`);
    }
  }
  return members.length === all.length ? input : Object.fromEntries(members);
}

/** DynamoDB's batches, by table: a structure for reading, a list of structures for writing. */
function isOfRequests(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value).every((batch) => (Array.isArray(batch) ? batch.every(isObject) : isObject(batch)))
  );
}

/** DynamoDB's transactions: a list of structures with a request of its own in each. */
function checkParts(value: unknown): void {
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new AwsError('SerializationException', 'The value of TransactItems cannot be converted to a list.');
  }
  for (const part of value.flatMap((item) => Object.values(item))) checkMemberKinds(part);
}

function isMapOfTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isOfStructures(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((item) => {
    if (!isObject(item)) return false;
    const { Key = '', Value = '', Values = [] } = item;
    return typeof Key === 'string' && typeof Value === 'string' && Array.isArray(Values);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
