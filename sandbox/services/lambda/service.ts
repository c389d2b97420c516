import type { Service } from '../../calls/operation.ts';
import { addPermission } from './operations/add-permission.ts';
import { createAlias } from './operations/create-alias.ts';
import { createFunction } from './operations/create-function.ts';
import { deleteAlias } from './operations/delete-alias.ts';
import { deleteFunction } from './operations/delete-function.ts';
import { deleteFunctionConcurrency } from './operations/delete-function-concurrency.ts';
import { getAccountSettings } from './operations/get-account-settings.ts';
import { getAlias } from './operations/get-alias.ts';
import { getFunction } from './operations/get-function.ts';
import { getFunctionConcurrency } from './operations/get-function-concurrency.ts';
import { getFunctionConfiguration } from './operations/get-function-configuration.ts';
import { getPolicy } from './operations/get-policy.ts';
import { invoke } from './operations/invoke.ts';
import { listAliases } from './operations/list-aliases.ts';
import { listFunctions } from './operations/list-functions.ts';
import { listTags } from './operations/list-tags.ts';
import { listVersionsByFunction } from './operations/list-versions-by-function.ts';
import { publishVersion } from './operations/publish-version.ts';
import { putFunctionConcurrency } from './operations/put-function-concurrency.ts';
import { removePermission } from './operations/remove-permission.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateAlias } from './operations/update-alias.ts';
import { updateFunctionCode } from './operations/update-function-code.ts';
import { updateFunctionConfiguration } from './operations/update-function-configuration.ts';
import { protocol } from './protocol.ts';
import { functions } from './records.ts';

const all = '/2015-03-31/functions';
const one = `${all}/{FunctionName}`;

/** https://docs.aws.amazon.com/lambda/latest/api/ */
export const lambda: Service = {
  name: 'lambda',
  title: 'Lambda',
  protocol,
  tagsOf: (arn, { store }) => {
    const [, , , region = '', accountId = '', , name = ''] = arn.split(':');
    return functions.get(store, `${accountId}/${region}`, name)?.tags;
  },
  routes: {
    [`POST ${all}`]: 'CreateFunction',
    [`GET ${all}`]: 'ListFunctions',
    [`GET ${one}`]: 'GetFunction',
    [`DELETE ${one}`]: 'DeleteFunction',
    [`GET ${one}/configuration`]: 'GetFunctionConfiguration',
    [`PUT ${one}/configuration`]: 'UpdateFunctionConfiguration',
    [`PUT ${one}/code`]: 'UpdateFunctionCode',
    [`POST ${one}/invocations`]: 'Invoke',
    [`GET ${one}/policy`]: 'GetPolicy',
    [`POST ${one}/policy`]: 'AddPermission',
    [`DELETE ${one}/policy/{StatementId}`]: 'RemovePermission',
    [`GET ${one}/versions`]: 'ListVersionsByFunction',
    [`POST ${one}/versions`]: 'PublishVersion',
    [`GET ${one}/aliases`]: 'ListAliases',
    [`POST ${one}/aliases`]: 'CreateAlias',
    [`GET ${one}/aliases/{Name}`]: 'GetAlias',
    [`PUT ${one}/aliases/{Name}`]: 'UpdateAlias',
    [`DELETE ${one}/aliases/{Name}`]: 'DeleteAlias',
    'PUT /2017-10-31/functions/{FunctionName}/concurrency': 'PutFunctionConcurrency',
    'DELETE /2017-10-31/functions/{FunctionName}/concurrency': 'DeleteFunctionConcurrency',
    'GET /2019-09-30/functions/{FunctionName}/concurrency': 'GetFunctionConcurrency',
    'GET /2016-08-19/account-settings': 'GetAccountSettings',
    'GET /2017-03-31/tags/{Resource}': 'ListTags',
    'POST /2017-03-31/tags/{Resource}': 'TagResource',
    'DELETE /2017-03-31/tags/{Resource}': 'UntagResource',
  },
  tagsAreMap: true,
  operations: {
    GetAccountSettings: getAccountSettings,
    CreateFunction: createFunction,
    GetFunction: getFunction,
    GetFunctionConfiguration: getFunctionConfiguration,
    UpdateFunctionCode: updateFunctionCode,
    UpdateFunctionConfiguration: updateFunctionConfiguration,
    DeleteFunction: deleteFunction,
    ListFunctions: listFunctions,
    Invoke: invoke,
    AddPermission: addPermission,
    RemovePermission: removePermission,
    GetPolicy: getPolicy,
    PublishVersion: publishVersion,
    ListVersionsByFunction: listVersionsByFunction,
    ListAliases: listAliases,
    CreateAlias: createAlias,
    GetAlias: getAlias,
    UpdateAlias: updateAlias,
    DeleteAlias: deleteAlias,
    ListTags: listTags,
    TagResource: tagResource,
    UntagResource: untagResource,
    PutFunctionConcurrency: putFunctionConcurrency,
    GetFunctionConcurrency: getFunctionConcurrency,
    DeleteFunctionConcurrency: deleteFunctionConcurrency,
  },
};
