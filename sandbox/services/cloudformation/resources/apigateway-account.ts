import { resourceType } from './resource-type.ts';

interface Properties {
  readonly CloudWatchRoleArn?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html */
export const apiGatewayAccount = resourceType<Properties>({
  properties: { CloudWatchRoleArn: 'update' },
  attributes: ['Id'],
  identify: ({ logicalId }, { ids }) => `${logicalId}-${ids.short(12)}`,
  async create({ physicalId, properties }, { perform }) {
    await perform('apigateway', 'UpdateAccount', change(properties));
    return { attributes: { Id: physicalId } };
  },
  async update({ physicalId, properties }, _former, { perform }) {
    await perform('apigateway', 'UpdateAccount', change(properties));
    return { Id: physicalId };
  },
  /** Keeps the setting: it belongs to the account, and other stacks can depend on it. */
  async delete() {},
});

function change({ CloudWatchRoleArn: Value = '' }: Properties) {
  return { PatchOperations: [{ Op: 'replace', Path: '/cloudwatchRoleArn', Value }] };
}
