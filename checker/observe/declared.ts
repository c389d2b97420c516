import type { StackResource } from '../checking/check.ts';
import { ofTables } from './tables.ts';

/** A template value that only CloudFormation can resolve: an attribute, a parameter, a condition. */
export const UNKNOWN = Symbol('unknown');

export type Properties = Readonly<Record<string, unknown>>;

/** Returns the properties of a template's resources by logical id; none if the CDK didn't generate it. */
export function propertiesIn(template: string): Readonly<Record<string, Properties>> {
  try {
    const { Resources = {} } = JSON.parse(template) as { Resources?: Record<string, { Properties?: Properties }> };
    return Object.fromEntries(Object.entries(Resources).map(([id, { Properties = {} }]) => [id, Properties]));
  } catch {
    return {};
  }
}

/**
 * Finds the stack's resource that a property references: `{ Ref: … }`, `{ 'Fn::GetAtt': […] }`, or the first of a list.
 */
export function madeBy(value: unknown, resources: readonly StackResource[]): StackResource | undefined {
  const { Ref, 'Fn::GetAtt': [of] = [] } = (Array.isArray(value) ? value[0] : (value ?? {})) as {
    Ref?: string;
    'Fn::GetAtt'?: string[];
  };
  return resources.find(({ logicalId }) => logicalId === (Ref ?? of));
}

/** How a type's attribute `Arn` is built. */
const arns: Readonly<Record<string, (id: string) => string>> = {
  'AWS::Lambda::Function': (id) => `lambda:{region}:{account}:function:${id}`,
  ...ofTables((id: string) => `dynamodb:{region}:{account}:table/${id}`),
  'AWS::Cognito::UserPool': (id) => `cognito-idp:{region}:{account}:userpool/${id}`,
  'AWS::IAM::Role': (id) => `iam::{account}:role/${id}`,
};

export type Resolve = (value: unknown) => unknown;

/**
 * Returns a function that resolves a template's references, as far as the ids of the stack's resources allow; the rest
 * is UNKNOWN.
 */
export function resolver(
  stackId: string,
  resources: readonly StackResource[],
  written: Readonly<Record<string, Properties>>,
): Resolve {
  const [, partition = '', , region = '', account = '', name = ''] = stackId.split(':');
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackName': name.split('/')[1],
    'AWS::StackId': stackId,
    'AWS::NoValue': undefined,
  };
  const referred = (id: string): unknown => {
    if (Object.hasOwn(pseudo, id)) return pseudo[id];
    const physicalId = resources.find(({ logicalId }) => logicalId === id)?.physicalId;
    // Only CloudFormation knows what a reference to joined ids or ARNs returns.
    return physicalId === undefined || /\||^arn:/.test(physicalId) ? UNKNOWN : physicalId;
  };
  const attribute = (id: string, wanted: string): unknown => {
    const { type = '', physicalId = '' } = resources.find(({ logicalId }) => logicalId === id) ?? {};
    const path = wanted === 'Arn' ? arns[type]?.(physicalId) : undefined;
    if (path === undefined || written[id]?.Path !== undefined) return UNKNOWN;
    if (physicalId.startsWith('arn:')) return physicalId;
    return `arn:${partition}:${path.replace('{region}', region).replace('{account}', account)}`;
  };
  const joined = (parts: readonly unknown[], between: string) =>
    parts.some((part) => typeof part !== 'string' && typeof part !== 'number') ? UNKNOWN : parts.join(between);
  const substituted = (text: string, own: Properties) => {
    // Every second part was in braces.
    const parts = text.split(/\$\{([^}]+)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      if (part.startsWith('!')) return `\${${part.slice(1)}}`;
      if (Object.hasOwn(own, part)) return resolve(own[part]);
      const [id = '', ...names] = part.split('.');
      return names.length === 0 ? referred(id) : attribute(id, names.join('.'));
    });
    return joined(parts, '');
  };
  const intrinsic = (kind: string, given: unknown): unknown => {
    switch (kind) {
      case 'Ref':
        return referred(String(given));
      case 'Fn::GetAtt': {
        const [id = '', wanted = ''] = Array.isArray(given) ? given.map(String) : String(given).split('.');
        return attribute(id, wanted);
      }
      case 'Fn::Join': {
        const [between, parts] = Array.isArray(given) ? given : [];
        return Array.isArray(parts) ? joined(parts.map(resolve), String(between)) : UNKNOWN;
      }
      case 'Fn::Sub': {
        const [text, own] = Array.isArray(given) ? given : [given, {}];
        return substituted(String(text), own as Properties);
      }
      default:
        return UNKNOWN;
    }
  };
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if (isIntrinsic(value)) {
      const [[kind, given] = ['', undefined]] = Object.entries(value);
      return intrinsic(kind, given);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  }
  return resolve;
}

/** Whether CloudFormation computes a value of a template: `{ Ref: … }`, `{ 'Fn::If': […] }`. */
function isIntrinsic(value: unknown): boolean {
  const [kind = '', ...others] = Object.keys(isObject(value) ? (value as Properties) : {});
  return others.length === 0 && (kind === 'Ref' || kind.startsWith('Fn::'));
}

/**
 * Whether a template asks for a setting, by its path in the resource's properties. A value that CloudFormation
 * computes, of the setting or of anything around it, may ask for it: only a missing or literally disabled setting
 * doesn't.
 */
export function isDeclared(properties: Properties | undefined, ...path: readonly string[]): boolean {
  let value: unknown = properties;
  for (const key of path) {
    if (isIntrinsic(value)) break;
    value = isObject(value) ? (value as Properties)[key] : undefined;
  }
  const isAbsent = isIntrinsic(value) && (value as Properties).Ref === 'AWS::NoValue';
  return !isAbsent && !isNothing(value);
}

/** Whether a stack has custom resources: they run code, which can change the settings of its other resources. */
export function hasCustomResources(resources: readonly StackResource[]): boolean {
  return resources.some(({ type }) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type));
}

/** Whether all of a resolved value is known. */
export function isKnown(value: unknown): boolean {
  if (value === UNKNOWN) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnown);
}

/** Whether a value means "none", like a property that a template leaves out. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isNothing);
  return value === undefined || value === null || [false, '', 'false', 'NONE', 'OFF'].includes(value as string | false);
}

/** Whether the account differs from a template. UNKNOWN values and the order of lists don't matter. */
export function differs(declared: unknown, actual: unknown): boolean {
  if (declared === UNKNOWN) return false;
  if (isNothing(declared) && isNothing(actual)) return false;
  if (Array.isArray(declared) && Array.isArray(actual)) {
    return (
      declared.length !== actual.length ||
      declared.some((item) => !actual.some((other) => !differs(item, other))) ||
      (declared.every(isKnown) && actual.some((other) => !declared.some((item) => !differs(item, other))))
    );
  }
  // IAM stores a list with one element as that element.
  if (Array.isArray(declared) && declared.length === 1) return differs(declared[0], actual);
  if (Array.isArray(actual) && actual.length === 1) return differs(declared, actual[0]);
  if (isObject(declared ?? {}) && isObject(actual ?? {})) {
    const [one, other] = [(declared ?? {}) as Properties, (actual ?? {}) as Properties];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].some((key) => differs(one[key], other[key]));
  }
  return String(declared) !== String(actual);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
