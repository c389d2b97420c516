import type { FunctionConfiguration, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda';
import { ValidationError } from '../validation-error.ts';
import { functionArn } from './function-arn.ts';
import { ifThere } from './if-there.ts';
import { type ResourceCall, resourceType } from './resource-type.ts';

interface Properties {
  readonly FunctionName: string;
  readonly CodeSha256?: string;
  readonly Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export const lambdaVersion = resourceType<Properties>({
  properties: { FunctionName: 'replace', CodeSha256: 'replace', Description: 'replace' },
  required: ['FunctionName'],
  attributes: ['FunctionArn', 'Version'],
  /** Versions are numbered: the next number follows the last existing one. */
  async identify({ properties: { FunctionName } }, call) {
    const next = Math.max(0, ...(await numbers(FunctionName, call))) + 1;
    return `${functionArn(FunctionName, call)}:${next}`;
  },
  async create({ properties }, call) {
    const before = await numbers(properties.FunctionName, call);
    const { Version = '' } = await call.perform<FunctionConfiguration>('lambda', 'PublishVersion', properties);
    if (before.includes(Number(Version))) {
      throw new ValidationError(
        `A version for this Lambda function exists ( ${Version} ). Modify the function to create a new version.`,
      );
    }
    const FunctionArn = `${functionArn(properties.FunctionName, call)}:${Version}`;
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },
  async delete({ physicalId, properties }, { perform }) {
    const { FunctionName } = properties;
    await ifThere(perform('lambda', 'DeleteFunction', { FunctionName, Qualifier: physicalId.split(':').at(-1) }));
  },
});

async function numbers(FunctionName: string, { perform }: ResourceCall): Promise<number[]> {
  const found: number[] = [];
  let Marker: string | undefined;
  do {
    const page: ListVersionsByFunctionResponse = await perform('lambda', 'ListVersionsByFunction', {
      FunctionName,
      Marker,
    });
    found.push(...(page.Versions ?? []).map(({ Version }) => Number(Version)).filter(Number.isInteger));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}
