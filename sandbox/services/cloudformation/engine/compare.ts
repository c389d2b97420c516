import type { AnyResourceType } from '../resources/resource-type.ts';
import { Unknown } from './template-values.ts';

/**
 * Whether two resolved values are the same. Numbers and booleans equal their strings; `{}` doesn't equal a missing
 * value.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => isSame(a[name], b[name]));
  }
  if (a === undefined || b === undefined) return a === b;
  return typeof a !== 'object' && typeof b !== 'object' && String(a) === String(b);
}

/** The names of the properties that differ. */
export function changedProperties(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSame(before[name], after[name]));
}

/** Whether a change of a property from one value to another requires replacing the resource. */
export function isReplacing(
  { properties, replacesIf }: Pick<AnyResourceType, 'properties' | 'replacesIf'>,
  name: string,
  before: unknown,
  after: unknown,
): boolean {
  return properties[name] === 'replace' || replacesIf?.[name]?.(before, after) === true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
