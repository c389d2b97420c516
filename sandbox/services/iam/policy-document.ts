import { AwsError } from '../../errors.ts';

/** What a policy is for: permissions, inline or managed, or who may assume a role. */
export type PolicyKind = 'inline' | 'managed' | 'trust';

/**
 * Throws MalformedPolicyDocument for what is not a policy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function requirePolicyDocument(text: string | undefined, kind: PolicyKind): string {
  const document = parse(text ?? '');
  for (const name of Object.keys(document)) {
    if (!['Version', 'Id', 'Statement'].includes(name)) throw malformed('Syntax errors in policy.');
  }
  if (!['2012-10-17', '2008-10-17', undefined].includes(document.Version as string | undefined)) {
    throw malformed('The policy document must have a valid version.');
  }
  const statements = listOf(document.Statement);
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  for (const statement of statements) {
    if (!isObject(statement)) throw malformed('Syntax errors in policy.');
    checkStatement(statement, kind);
  }
  requireSize(text ?? '', kind);
  return text ?? '';
}

/** Inline policies have a quota of their own, of all that one role or user has together. */
function requireSize(text: string, kind: PolicyKind): void {
  const size = text.replace(/\s/g, '').length;
  if (kind === 'trust' && size > 2048) {
    throw new AwsError('LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048', 409);
  }
  if (kind === 'managed' && size > 6144) {
    throw new AwsError('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 409);
  }
}

/** A policy as answers carry it: percent-encoded (RFC 3986). */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const members = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function checkStatement(statement: Readonly<Record<string, unknown>>, kind: PolicyKind): void {
  if (Object.keys(statement).some((name) => !members.includes(name))) throw malformed('Syntax errors in policy.');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  if (statement.Condition !== undefined && !isObject(statement.Condition)) throw malformed('Syntax errors in policy.');
  const actions = listOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  for (const action of actions) {
    if (typeof action !== 'string' || !/^(\*|[\w-]+:[\w*?]+)$/.test(action)) {
      throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    }
  }
  const principal = statement.Principal ?? statement.NotPrincipal;
  if (kind !== 'trust') {
    if (principal !== undefined) throw malformed('Policy document should not specify a principal.');
    checkResources(listOf(statement.Resource ?? statement.NotResource));
    return;
  }
  if (principal === undefined) throw malformed('Missing required field Principal');
  if (principal !== '*' && !isObject(principal)) throw malformed('Invalid principal in policy');
  if (statement.Resource !== undefined || statement.NotResource !== undefined) {
    throw malformed('Has prohibited field Resource');
  }
  if (actions.some((action) => action !== '*' && !/^sts:/i.test(String(action)))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
  }
}

function checkResources(resources: readonly unknown[]): void {
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  for (const resource of resources) {
    if (typeof resource !== 'string') throw malformed('Syntax errors in policy.');
    if (resource !== '*' && !/^arn:[^:]*:/.test(resource)) {
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (!isObject(document)) throw malformed('Syntax errors in policy.');
  return document;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
