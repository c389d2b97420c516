import { createHash } from 'node:crypto';
import type { Parameter, Tag } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import type { RestXmlOutput } from '../../protocols/rest-xml.ts';
import type { Write } from '../../state/store.ts';
import { deploymentValues, templateBody } from './engine/desired-resources.ts';
import { type EngineNeeds, engineOf } from './engine/engine.ts';
import { checkRules, presentResources } from './engine/evaluation.ts';
import { parameterValues } from './engine/parameters.ts';
import { parseTemplate, type Template } from './engine/template.ts';
import { validateConditions, validateTemplate } from './engine/validate.ts';
import { flag, list } from './members.ts';
import { type StackDefinition, type StackRecord, stackScope, templates } from './records.ts';
import { requireMembers, ValidationError } from './validation-error.ts';

/** The members with which CreateStack, UpdateStack and CreateChangeSet define a stack. */
export interface DefinitionInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?: readonly Parameter[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
}

/** A stack's definition, validated as far as possible in advance. */
export interface Asked {
  readonly template: Template;
  readonly definition: StackDefinition;
  /** Stores the template's text in the stack's namespace. */
  readonly writes: readonly Write[];
}

/**
 * Reads and validates a request's definition of a stack. `stack` is the existing one, or the beginnings of a new one.
 */
export async function askedFor(
  input: DefinitionInput,
  stack: Pick<StackRecord, 'StackId' | 'StackName' | 'NotificationARNs'> & Partial<StackRecord>,
  call: Call<EngineNeeds>,
): Promise<Asked> {
  const engine = engineOf(call);
  const previous = templateBody({ engine, stackId: stack.StackId }, stack.template);
  const body = flag(input.UsePreviousTemplate) ? previous : await bodyOf(input, call);
  const template = parseTemplate(body);
  validateTemplate(template, engine.types);
  validateConditions(template);
  checkCapabilities(template, list(input.Capabilities));
  const Parameters = await parameterValues(template, list(input.Parameters), stack.Parameters ?? [], call.perform);
  const tags = Array.isArray(input.Tags) ? list(input.Tags) : (stack.Tags ?? []);
  const RoleARN = input.RoleARN ?? stack.RoleARN;
  const hash = createHash('sha256').update(body).digest('hex');
  const definition: StackDefinition = {
    template: hash,
    Parameters,
    Tags: tags.map(({ Key = '', Value = '' }) => ({ Key, Value })),
    Capabilities: list(input.Capabilities),
    Description: template.Description,
    RoleARN,
  };
  const values = deploymentValues({ engine, template, stack, definition });
  checkRules(template, values);
  // Invalid conditions are rejected here; if all of them are false, that is allowed, and gives an empty stack.
  presentResources(template, values);
  return { template, definition, writes: [templates.put(stackScope(stack.StackId), hash, { body })] };
}

/**
 * The largest template in a request and in a bucket, in bytes
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 */
const [largestBody, largestObject] = [51_200, 1_000_000];

/** The template's text, from the request itself or from the bucket that it names. */
export async function bodyOf(
  { TemplateBody, TemplateURL }: Pick<DefinitionInput, 'TemplateBody' | 'TemplateURL'>,
  call: Pick<Call, 'perform'>,
): Promise<string> {
  if (TemplateBody !== undefined && TemplateURL !== undefined) {
    throw new ValidationError('Both TemplateBody and TemplateURL can not be specified.');
  }
  if (TemplateBody !== undefined) {
    if (Buffer.byteLength(TemplateBody) <= largestBody) return TemplateBody;
    throw new ValidationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${largestBody}`,
    );
  }
  if (TemplateURL === undefined) throw new ValidationError('Either Template URL or Template Body must be specified.');
  const place = objectAt(TemplateURL);
  if (place === undefined) throw new ValidationError('S3 error: Domain name specified is not a valid S3 domain');
  try {
    const { body } = await call.perform<RestXmlOutput>('s3', 'GetObject', place);
    if (body !== undefined && body.length > largestObject) {
      throw new ValidationError(`Template may not exceed ${largestObject} bytes in size.`);
    }
    return body?.toString('utf8') ?? '';
  } catch (error) {
    if (!(error instanceof AwsError) || error instanceof UnsupportedError || error instanceof ValidationError)
      throw error;
    throw new ValidationError(
      `S3 error: ${error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
}

/** Bucket and key of an object's URL: with the bucket in the host name, or first in the path. */
export function objectAt(address: string): { readonly Bucket: string; readonly Key: string } | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, protocol } = new URL(address);
  const path = decodeURIComponent(pathname.slice(1));
  if (protocol === 's3:') return { Bucket: hostname, Key: path };
  const named = /^(.+)\.s3[.-][\w.-]*amazonaws\.com$/.exec(hostname)?.[1];
  if (named !== undefined) return { Bucket: named, Key: path };
  const [Bucket = '', ...rest] = path.split('/');
  return Bucket === '' || rest.length === 0 ? undefined : { Bucket, Key: rest.join('/') };
}

const capabilities = ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_IAM'];
const identityTypes = /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|RolePolicy|User)/;
const identityNames = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html */
function checkCapabilities(template: Template, given: readonly string[]): void {
  requireMembers('capabilities', given, capabilities);
  const identities = Object.values(template.Resources).filter(({ Type }) => identityTypes.test(Type));
  if (identities.length === 0 || given.includes('CAPABILITY_NAMED_IAM')) return;
  const named = identities.some(
    ({ Type, Properties = {} }) =>
      Type !== 'AWS::IAM::RolePolicy' && identityNames.some((name) => Properties[name] !== undefined),
  );
  if (!named && given.includes('CAPABILITY_IAM')) return;
  const wanted = named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${wanted}]`);
}
