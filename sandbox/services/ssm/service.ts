import type { Service } from '../../calls/operation.ts';
import { json } from '../../protocols/json.ts';
import { addTagsToResource } from './operations/add-tags-to-resource.ts';
import { deleteParameter } from './operations/delete-parameter.ts';
import { deleteParameters } from './operations/delete-parameters.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParameters } from './operations/get-parameters.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putParameter } from './operations/put-parameter.ts';
import { removeTagsFromResource } from './operations/remove-tags-from-resource.ts';
import { parameters } from './records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const ssm: Service = {
  name: 'ssm',
  title: 'Systems Manager',
  protocol: json('1.1'),
  target: 'AmazonSSM',
  resourceTagKey: 'ssm:resourceTag',
  tagsOf: (arn, { store }) => {
    const [, region, accountId, name = ''] = /^arn:[^:]+:ssm:([^:]*):([^:]*):parameter\/(.+)$/.exec(arn) ?? [];
    const scope = `${accountId}/${region}`;
    return (parameters.get(store, scope, name) ?? parameters.get(store, scope, `/${name}`))?.Tags;
  },
  operations: {
    AddTagsToResource: addTagsToResource,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    ListTagsForResource: listTagsForResource,
    PutParameter: putParameter,
    RemoveTagsFromResource: removeTagsFromResource,
  },
};
