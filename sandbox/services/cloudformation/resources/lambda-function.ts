import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { changedProperties } from '../engine/compare.ts';
import { physicalName } from '../engine/names.ts';
import type { Tag } from '../records.ts';
import { ifThere, isThere } from './if-there.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { allTags, tagChanges, tagMap } from './tags.ts';

interface Properties {
  readonly Code: Code;
  readonly Role: string;
  readonly FunctionName?: string;
  readonly Architectures?: readonly string[];
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly EphemeralStorage?: { readonly Size: number };
  readonly Handler?: string;
  readonly LoggingConfig?: Logging;
  readonly MemorySize?: number;
  readonly PackageType?: string;
  readonly ReservedConcurrentExecutions?: number;
  readonly Runtime?: string;
  readonly Tags?: readonly Tag[];
  readonly Timeout?: number;
  readonly TracingConfig?: { readonly Mode?: string };
}

interface Logging {
  readonly LogFormat?: string;
  readonly LogGroup?: string;
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
}

interface Code {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  /** The function's inline source, which CloudFormation zips. */
  readonly ZipFile?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType<Properties>({
  properties: {
    Code: 'update',
    Role: 'update',
    FunctionName: 'replace',
    Architectures: 'update',
    Description: 'update',
    Environment: 'update',
    EphemeralStorage: 'update',
    Handler: 'update',
    LoggingConfig: 'update',
    MemorySize: 'update',
    PackageType: 'replace',
    ReservedConcurrentExecutions: 'update',
    Runtime: 'update',
    Tags: 'update',
    Timeout: 'update',
    TracingConfig: 'update',
  },
  required: ['Code', 'Role'],
  members: {
    Environment: ['Variables'],
    EphemeralStorage: ['Size'],
    LoggingConfig: ['ApplicationLogLevel', 'LogFormat', 'LogGroup', 'SystemLogLevel'],
    TracingConfig: ['Mode'],
  },
  numbers: ['MemorySize', 'ReservedConcurrentExecutions', 'Size', 'Timeout'],
  taggable: true,
  attributes: ['Arn'],
  identify: (resource, { ids }) => resource.properties.FunctionName ?? physicalName(resource, 64, ids),
  exists: ({ physicalId }, { perform }) =>
    isThere(perform('lambda', 'GetFunctionConfiguration', { FunctionName: physicalId })),
  async create(resource, call) {
    const { physicalId: FunctionName, properties } = resource;
    const { Code: code, Tags: _tags, ReservedConcurrentExecutions, ...members } = properties;
    const { FunctionArn = '' } = await call.perform<FunctionConfiguration>('lambda', 'CreateFunction', {
      ...members,
      ...environmentOf(properties),
      FunctionName,
      Code: packed(code),
      Tags: tagMap(allTags(resource)),
    });
    if (ReservedConcurrentExecutions !== undefined) await reserve(resource, call);
    return { attributes: { Arn: FunctionArn } };
  },
  async update(resource, former, call) {
    const { physicalId: FunctionName, properties } = resource;
    const {
      Code: code,
      Architectures = ['x86_64'],
      Tags: _tags,
      ReservedConcurrentExecutions: _reserved,
      ...members
    } = properties;
    const changed = changedProperties({ ...former.properties }, { ...properties });
    if (changed.includes('Code') || changed.includes('Architectures')) {
      await call.perform('lambda', 'UpdateFunctionCode', { FunctionName, Architectures, ...packed(code) });
    }
    const elsewhere = ['Code', 'Architectures', 'Tags', 'ReservedConcurrentExecutions'];
    if (changed.some((name) => !elsewhere.includes(name))) {
      const { PackageType: _type, ...configuration } = { ...absent, ...members };
      const LoggingConfig = loggingOf(FunctionName, properties.LoggingConfig);
      const input = { ...configuration, ...environmentOf(properties), LoggingConfig, FunctionName };
      await call.perform('lambda', 'UpdateFunctionConfiguration', input);
    }
    if (changed.includes('ReservedConcurrentExecutions')) await reserve(resource, call);
    await retag(resource, former, call);
    return {};
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('lambda', 'DeleteFunction', { FunctionName: physicalId }));
  },
  deployed: ({ Arn = '' }, { functions }) => functions.prepare(Arn),
});

/** Defaults of a configuration's members. */
const absent = {
  Description: '',
  EphemeralStorage: { Size: 512 },
  MemorySize: 128,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
};

/**
 * The logging of a function in a template, complete: Lambda's API leaves absent members as they are, but in a template,
 * they have their defaults. AWS doesn't document this for these members; it is so for a function's other properties.
 */
function loggingOf(name: string, { LogFormat = 'Text', LogGroup = `/aws/lambda/${name}`, ...levels }: Logging = {}) {
  const usual = LogFormat === 'JSON' ? { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' } : {};
  return { LogFormat, LogGroup, ...usual, ...levels };
}

/** Variables are strings, although a template can have numbers. */
function environmentOf({ Environment }: Properties) {
  const variables = Object.entries(Environment?.Variables ?? {}).map(([name, value]) => [name, String(value)]);
  return { Environment: { Variables: Object.fromEntries(variables) } };
}

/** Inline source becomes the zip of an `index.js`, always with the same bytes. */
function packed(code: Code): object {
  if (code.ZipFile === undefined) return code;
  const zip = zipSync({ 'index.js': strToU8(code.ZipFile) }, { mtime: new Date(1980, 0, 1) });
  return { ZipFile: Buffer.from(zip).toString('base64') };
}

async function reserve({ physicalId: FunctionName, properties }: Resource<Properties>, { perform }: ResourceCall) {
  const { ReservedConcurrentExecutions } = properties;
  if (ReservedConcurrentExecutions === undefined) {
    await perform('lambda', 'DeleteFunctionConcurrency', { FunctionName });
  } else await perform('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
}

async function retag(resource: Resource<Properties>, former: Resource<Properties>, call: ResourceCall): Promise<void> {
  const Resource = `arn:aws:lambda:${call.region}:${call.accountId}:function:${resource.physicalId}`;
  const { add, remove } = tagChanges(allTags(former), allTags(resource));
  if (add.length > 0) await call.perform('lambda', 'TagResource', { Resource, Tags: tagMap(add) });
  if (remove.length > 0) await call.perform('lambda', 'UntagResource', { Resource, TagKeys: remove });
}
