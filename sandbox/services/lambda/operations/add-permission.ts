import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { isServicePrincipal } from '../../../iam-policy/service-principals.ts';
import { principalIds, withIds } from '../../iam/principal-ids.ts';
import { checkRevision, conflict, findVersion, functionArn, invalid } from '../function-name.ts';
import { functions, type PolicyStatement } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission = operation<AddPermissionRequest, AddPermissionResponse, 'store' | 'ids'>({
  resource: functionArn,
  context: ({ Principal = '' }) => ({ 'lambda:Principal': Principal }),
  async run(input, call) {
    for (const name of [
      'EventSourceToken',
      'FunctionUrlAuthType',
      'InvokedViaFunctionUrl',
      'PrincipalOrgID',
    ] as const) {
      if (input[name] !== undefined) throw new UnsupportedError(`AddPermission's ${name}`);
    }
    const { record, scope, qualifier } = findVersion(input, call);
    if (qualifier === '$LATEST') {
      throw invalid('We currently do not support adding policies for $LATEST.');
    }
    const policy = record.policies[qualifier ?? ''];
    checkRevision(input.RevisionId, policy?.RevisionId, 'GetPolicy');
    const statement = statementOf(
      input,
      qualifier === undefined ? record.FunctionArn : `${record.FunctionArn}:${qualifier}`,
    );
    const before = policy === undefined ? [] : withIds(policy.document, policy.principalIds, call.store).Statement;
    if (before.some(({ Sid }) => Sid === statement.Sid)) {
      throw conflict(
        `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const Statement = [...before, statement];
    const policies = {
      ...record.policies,
      [qualifier ?? '']: {
        RevisionId: call.ids.uuid(),
        document: { Version: '2012-10-17', Id: 'default', Statement },
        principalIds: principalIds({ Statement }, call.store),
      },
    } as const;
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, policies })]);
    return { Statement: JSON.stringify(statement) };
  },
});

function statementOf(input: AddPermissionRequest, resource: string): PolicyStatement {
  const { StatementId: Sid = '', Action = '', Principal = '', SourceArn, SourceAccount } = input;
  if (!/^[a-zA-Z0-9-_]{1,100}$/.test(Sid)) throw refused('statementId', Sid, '([a-zA-Z0-9-_]+)');
  if (!/^(lambda:\*|lambda:[a-zA-Z]+|\*)$/.test(Action)) {
    throw refused('action', Action, '(lambda:[*]|lambda:[a-zA-Z]+|[*])');
  }
  if (SourceArn !== undefined && !new RegExp(`^${sourceArn}$`).test(SourceArn)) {
    throw refused('sourceArn', SourceArn, sourceArn);
  }
  const Condition = {
    ...(SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid,
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action,
    Resource: resource,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  };
}

const sourceArn =
  'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)';

/** A service, an account number, or an ARN. */
function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (principal.startsWith('arn:')) return { AWS: principal };
  if (isServicePrincipal(principal)) return { Service: principal };
  throw invalid(`The provided principal was invalid. Please check the principal and try again.`);
}

function refused(member: string, value: string, pattern: string) {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
}
