import { AwsError } from '../errors.ts';

/** Members that are text in every service served here, by the ends that AWS gives their names. */
const texts = /(Name|Arn|ARN|Document|Expression|Pattern|Token|TemplateBody|Description|Handler|Runtime)$/i;
const textMembers = new Set(['Path', 'PathPrefix', 'Role', 'PermissionsBoundary', 'Policy', 'Value', 'VersionId']);
/** Lists of texts, by the same. DynamoDB's `ExpressionAttributeNames` is a map, STS's `PolicyArns` a list of structures. */
const lists = /^(?!Expression|PolicyArns)\w*(Names|Arns|TagKeys|PolicyInputList)$/;
/** Lists of structures; tags are a map in some services. */
const structures = new Set(['AttributeDefinitions', 'Filters', 'KeySchema', 'ParameterFilters', 'PolicyArns', 'Tags']);

/**
 * An input whose members are of the kinds that operations count on: an object, its texts texts. JSON's null is
 * an absent member (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). Throws `SerializationException`
 * where something else was sent, as the services do before they look at what it says.
 */
export function checkMemberKinds(input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  const members = Object.entries(input).filter(([, value]) => value !== null);
  for (const [name, value] of members) {
    if (typeof value !== 'string' && value !== undefined && (texts.test(name) || textMembers.has(name))) {
      throw new AwsError('SerializationException', `The value of ${name.slice(0, 100)} cannot be converted to String.`);
    }
    // The query protocol sends an empty list as an empty text.
    if (
      lists.test(name) &&
      value !== '' &&
      !(Array.isArray(value) && value.every((item) => typeof item === 'string'))
    ) {
      throw new AwsError('SerializationException', `The value of ${name.slice(0, 100)} cannot be converted to a list.`);
    }
    if (name === 'RequestItems' && (typeof value !== 'object' || Array.isArray(value))) {
      throw new AwsError('SerializationException', `The value of ${name} cannot be converted to a map.`);
    }
    if (structures.has(name) && value !== '' && !isOfStructures(value, name === 'Tags')) {
      throw new AwsError('SerializationException', `The value of ${name} cannot be converted to a list of structures.`);
    }
  }
  return Object.fromEntries(members);
}

function isOfStructures(value: unknown, orMap: boolean): boolean {
  if (!Array.isArray(value)) return orMap && typeof value === 'object';
  return value.every((item) => {
    if (typeof item !== 'object' || item === null) return false;
    const { Key = '', Value = '', Values = [] } = item as Record<string, unknown>;
    return typeof Key === 'string' && typeof Value === 'string' && Array.isArray(Values);
  });
}
