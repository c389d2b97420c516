import { AwsError } from '../../calls/errors.ts';
import type { ItemRequest } from './request.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const longestExpression = 4096;

const expressions = [
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
  'UpdateExpression',
] as const;

/**
 * Throws ValidationException for parameters that dynalite accepts, but DynamoDB doesn't: each is valid, but not
 * together with the others
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#DDB-Query-request-Select).
 */
export function requireParameters(operation: string, input: ItemRequest): void {
  requireExpressionSizes(input);
  const problem = selectProblem(input) ?? otherProblem(operation, input);
  if (problem !== undefined) throw new AwsError('ValidationException', problem);
}

/** Throws ValidationException for an expression that is too long. */
export function requireExpressionSizes(input: ItemRequest): void {
  for (const each of [input, ...Object.values(input.RequestItems ?? {})] as readonly (ItemRequest | null)[]) {
    for (const name of expressions) {
      const size = Buffer.byteLength(String(each?.[name] ?? ''));
      if (size <= longestExpression) continue;
      throw new AwsError(
        'ValidationException',
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`,
      );
    }
  }
}

function selectProblem({ Select, IndexName, ProjectionExpression, AttributesToGet }: ItemRequest): string | undefined {
  if (!Select) return undefined;
  const projection = ProjectionExpression ? 'ProjectionExpression' : AttributesToGet && 'AttributesToGet';
  if (Select === 'SPECIFIC_ATTRIBUTES') {
    return projection
      ? undefined
      : 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES';
  }
  if (projection) {
    return `Cannot specify the ${projection} when choosing to get ${Select === 'COUNT' ? 'only the Count' : Select}`;
  }
  return Select === 'ALL_PROJECTED_ATTRIBUTES' && !IndexName
    ? 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'
    : undefined;
}

function otherProblem(operation: string, input: ItemRequest): string | undefined {
  if (operation === 'DeleteItem' && /^(ALL_NEW|UPDATED_OLD|UPDATED_NEW)$/.test(input.ReturnValues ?? '')) {
    return 'ReturnValues can only be ALL_OLD or NONE';
  }
  if (operation === 'Scan' && input.Segment === 0 && !input.TotalSegments) {
    return 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present';
  }
  const writes = operation === 'BatchWriteItem' ? Object.values(input.RequestItems ?? {}).flat() : [];
  return (writes as readonly ({ PutRequest?: object; DeleteRequest?: object } | null)[]).some(
    (write) => write?.PutRequest && write.DeleteRequest,
  )
    ? 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
    : undefined;
}
