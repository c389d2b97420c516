import { functionArn } from './function-arn.ts';
import { ifThere, isThere } from './if-there.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly FunctionName: string;
  readonly FunctionVersion: string;
  readonly Name: string;
  readonly Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
export const lambdaAlias = resourceType<Properties>({
  properties: { FunctionName: 'replace', FunctionVersion: 'update', Name: 'replace', Description: 'update' },
  required: ['FunctionName', 'FunctionVersion', 'Name'],
  attributes: ['AliasArn'],
  identify: ({ properties }, call) => `${functionArn(properties.FunctionName, call)}:${properties.Name}`,
  exists: ({ properties: { FunctionName, Name } }, { perform }) =>
    isThere(perform('lambda', 'GetAlias', { FunctionName, Name })),
  async create({ physicalId, properties }, { perform }) {
    await perform('lambda', 'CreateAlias', properties);
    return { attributes: { AliasArn: physicalId } };
  },
  async update({ physicalId, properties }, _former, { perform }) {
    await perform('lambda', 'UpdateAlias', { Description: '', ...properties });
    return { AliasArn: physicalId };
  },
  async delete({ properties: { FunctionName, Name } }, { perform }) {
    await ifThere(perform('lambda', 'DeleteAlias', { FunctionName, Name }));
  },
});
