import { AwsError } from '../../calls/errors.ts';
import type { ItemRequest } from './request.ts';

/** Levels of a document, counted from the attribute itself. */
const most = 32;

/**
 * Throws ValidationException for a value that is nested too deeply for an item, whether it is stored or only compared
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
export function requireNesting(input: ItemRequest): void {
  const { Item, ExpressionAttributeValues, RequestItems, ...rest } = input;
  const writes = Object.values(RequestItems ?? {}).flatMap((batch) => (Array.isArray(batch) ? batch : []));
  const items = [Item, ExpressionAttributeValues, ...writes.map((write) => write?.PutRequest?.Item)];
  // The parameters that preceded expressions, by attribute: `{ Value }`, or `{ AttributeValueList }`.
  const former = [rest.AttributeUpdates, rest.Expected, rest.KeyConditions, rest.QueryFilter, rest.ScanFilter]
    .flatMap((member) => Object.values(member ?? {}))
    .flatMap((each) => [each?.Value, each?.AttributeValueList]);
  const values = [...items.flatMap((item) => Object.values(item ?? {})), ...former.flat()];
  if (values.every((value) => isWithin(value, most))) return;
  throw new AwsError(
    'ValidationException',
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

/** Whether a value has at most this many levels. dynalite rejects invalid values. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  const { M, L } = value as { readonly M?: object; readonly L?: object };
  return [M, L].flatMap((inner) => Object.values(inner ?? {})).every((inner) => isWithin(inner, levels - 1));
}
