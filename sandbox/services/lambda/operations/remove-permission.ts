import type { RemovePermissionRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { checkRevision, findVersion, functionArn, notFound } from '../function-name.ts';
import { functions, type PolicyRecord } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission = operation<RemovePermissionRequest, object, 'store' | 'ids'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope, qualifier = '' } = findVersion(input, call);
    const { [qualifier]: policy, ...others } = record.policies;
    if (policy === undefined) throw notFound('No policy is associated with the given resource.');
    checkRevision(input.RevisionId, policy.RevisionId, 'GetPolicy');
    const Statement = policy.document.Statement.filter(({ Sid }) => Sid !== input.StatementId);
    if (Statement.length === policy.document.Statement.length) {
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    const left: PolicyRecord = { RevisionId: call.ids.uuid(), document: { ...policy.document, Statement } };
    const policies = Statement.length === 0 ? others : { ...others, [qualifier]: left };
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, policies })]);
    return {};
  },
});
