import { physicalName } from '../engine/names.ts';
import { ifThere } from './if-there.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceAccount?: string;
  readonly SourceArn?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const lambdaPermission = resourceType<Properties>({
  properties: {
    Action: 'replace',
    FunctionName: 'replace',
    Principal: 'replace',
    SourceAccount: 'replace',
    SourceArn: 'replace',
  },
  required: ['Action', 'FunctionName', 'Principal'],
  attributes: ['Id'],
  identify: (resource, { ids }) => physicalName(resource, 100, ids),
  async create({ physicalId: StatementId, properties }, { perform }) {
    await perform('lambda', 'AddPermission', { ...properties, StatementId });
    return { attributes: { Id: StatementId } };
  },
  async delete({ physicalId: StatementId, properties: { FunctionName } }, { perform }) {
    await ifThere(perform('lambda', 'RemovePermission', { FunctionName, StatementId }));
  },
});
