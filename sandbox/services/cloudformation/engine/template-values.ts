import type { Value } from './template.ts';

/** A value that is unknown before the deployment: an attribute of a resource that is yet to be created. */
export class Unknown {
  readonly of: string;

  constructor(of: string) {
    this.of = of;
  }
}

/** The first unknown in a resolved value. */
export function unknownIn(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const found = unknownIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isUnknown(value: Value): boolean {
  return unknownIn(value) !== undefined;
}

/** The values that intrinsic functions look up. Every member throws a `ValidationError` if there is no such thing. */
export interface TemplateValues {
  /** A parameter, a pseudo parameter, or a resource's physical id; undefined means AWS::NoValue. */
  ref(name: string): Value;
  attribute(logicalId: string, attribute: string): Value;
  condition(name: string): boolean;
  mapping(map: string, top: string, second: string): Value;
  exported(name: string): Value;
  readonly region: string;
}
