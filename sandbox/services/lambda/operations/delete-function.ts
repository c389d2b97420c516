import type { DeleteFunctionRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { conflict, findFunction, functionArn, invalid } from '../function-name.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction = operation<DeleteFunctionRequest, object, 'store' | 'functions'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope, qualifier } = findFunction(input, call);
    const name = record.FunctionName;
    if (qualifier === '$LATEST') throw invalid('$LATEST version cannot be deleted without deleting the function.');
    if (qualifier === undefined) {
      const saved = call.store.commit([functions.remove(scope, name)]);
      call.functions.retire(record.FunctionArn);
      await saved;
      return {};
    }
    const users = Object.values(record.aliases).filter(({ FunctionVersion }) => FunctionVersion === qualifier);
    if (users.length > 0) {
      const named = users.map(({ Name }) => Name).join(', ');
      throw conflict(`Version ${qualifier} cannot be deleted because it is referenced by the alias(es): ${named}`);
    }
    const versions = record.versions.filter(({ Version }) => Version !== qualifier);
    const { [qualifier]: _gone, ...policies } = record.policies;
    await call.store.commit([functions.put(scope, name, { ...record, versions, policies })]);
    return {};
  },
});
