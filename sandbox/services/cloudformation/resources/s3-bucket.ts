import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { physicalName } from '../engine/names.ts';
import { ifThere, isThere } from './if-there.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly BucketName?: string;
}

/** A plain bucket (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html). */
export const s3Bucket = resourceType<Properties>({
  properties: { BucketName: 'replace' },
  attributes: ['Arn', 'DomainName', 'RegionalDomainName'],
  identify: (resource, { ids }) => resource.properties.BucketName ?? physicalName(resource, 63, ids).toLowerCase(),
  exists: ({ physicalId }, { perform }) => isThere(perform<RestXmlOutput>('s3', 'HeadBucket', { Bucket: physicalId })),
  async create({ physicalId }, { perform, region }) {
    const elsewhere = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
    await perform('s3', 'CreateBucket', { Bucket: physicalId, ...elsewhere });
    return {
      attributes: {
        Arn: `arn:aws:s3:::${physicalId}`,
        DomainName: `${physicalId}.s3.amazonaws.com`,
        RegionalDomainName: `${physicalId}.s3.${region}.amazonaws.com`,
      },
    };
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('s3', 'DeleteBucket', { Bucket: physicalId }));
  },
});
