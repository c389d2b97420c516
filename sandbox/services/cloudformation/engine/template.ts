import { UnsupportedError } from '../../../calls/errors.ts';
import { excessOf, mostLevels } from '../../../protocols/nests-too-deeply.ts';
import type { DeletionPolicy } from '../records.ts';
import { ValidationError } from '../validation-error.ts';

/** A value in a template: JSON, with intrinsic functions. */
export type Value = unknown;

/** A parsed template whose sections have valid forms. */
export interface Template {
  readonly Description?: string;
  readonly Metadata?: Readonly<Record<string, Value>>;
  readonly Parameters: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Value>>>>>>;
  readonly Conditions: Readonly<Record<string, Value>>;
  readonly Rules: Readonly<Record<string, TemplateRule>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, TemplateOutput>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: ReadonlyArray<string | number>;
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface TemplateRule {
  readonly RuleCondition?: Value;
  readonly Assertions: ReadonlyArray<{ readonly Assert: Value; readonly AssertDescription?: string }>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Value>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: DeletionPolicy;
  readonly UpdateReplacePolicy?: DeletionPolicy;
  readonly Metadata?: Value;
}

export interface TemplateOutput {
  readonly Value: Value;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: Value };
}

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
];
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostMembers: Readonly<Record<string, number>> = { Mappings: 200, Outputs: 200, Parameters: 200, Resources: 500 };
const resourceMembers = [
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
];
const policies: readonly unknown[] = ['Delete', 'Retain', 'RetainExceptOnCreate'];

/** Parses a template. Throws CloudFormation's errors if its form is invalid; YAML and transforms are unsupported. */
export function parseTemplate(body: string): Template {
  const document = parse(body);
  for (const section of Object.keys(document)) {
    if (!sections.includes(section)) {
      throw new ValidationError(`Invalid template property or properties [${section}]`);
    }
  }
  if (![undefined, '2010-09-09'].includes(document.AWSTemplateFormatVersion as string | undefined)) {
    throw new ValidationError('Template format error: unsupported value for AWSTemplateFormatVersion.');
  }
  const nowhere = pathOfNull(document);
  if (nowhere !== undefined) {
    throw new ValidationError(`Template format error: [${nowhere}] 'null' values are not allowed in templates`);
  }
  for (const section of ['Transform', 'Hooks']) {
    if (document[section] !== undefined) throw new UnsupportedError(`templates with the section ${section}`);
  }
  const template = {
    Parameters: {},
    Mappings: {},
    Conditions: {},
    Rules: {},
    Outputs: {},
    ...document,
  } as unknown as Template;
  if (Object.keys(template.Resources ?? {}).length === 0) {
    throw new ValidationError('Template format error: At least one Resources member must be defined.');
  }
  for (const [section, most] of Object.entries(mostMembers)) {
    const count = Object.keys(document[section] ?? {}).length;
    if (count <= most) continue;
    throw new ValidationError(
      `Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${most}`,
    );
  }
  for (const [logicalId, resource] of Object.entries(template.Resources)) checkResource(logicalId, resource);
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (output.Value === undefined) {
      throw new ValidationError(
        `Template format error: Output ${name} is malformed. Every Outputs member must contain a Value object`,
      );
    }
  }
  return template;
}

function parse(body: string): Record<string, unknown> {
  if (!body.trimStart().startsWith('{')) {
    throw new UnsupportedError('templates in YAML; send the template as JSON, as the CDK does');
  }
  if (excessOf(body) === 'levels') {
    throw new ValidationError(`Template format error: the template nests deeper than ${mostLevels} levels.`);
  }
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch (error) {
    throw new ValidationError(`Template format error: JSON not well-formed. (${(error as Error).message})`);
  }
}

/** Returns the path of the first null in a value, `/Resources/Stage/Properties/…`; undefined without one. */
function pathOfNull(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    const rest = pathOfNull(member);
    if (rest !== undefined) return `/${name}${rest}`;
  }
  return undefined;
}

function checkResource(logicalId: string, resource: TemplateResource): void {
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    throw new ValidationError(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
  }
  if (typeof resource !== 'object' || resource === null || typeof resource.Type !== 'string') {
    throw new ValidationError(
      `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  for (const member of Object.keys(resource)) {
    if (resourceMembers.includes(member)) continue;
    if (['CreationPolicy', 'UpdatePolicy'].includes(member))
      throw new UnsupportedError(`the attribute ${member} of resources`);
    throw new ValidationError(`Invalid template resource property '${member}'`);
  }
  for (const policy of [resource.DeletionPolicy, resource.UpdateReplacePolicy]) {
    if (policy === undefined || policies.includes(policy)) continue;
    if ((policy as string) === 'Snapshot') throw new UnsupportedError('the policy Snapshot of resources');
    throw new ValidationError(`Template error: Unrecognized DeletionPolicy ${policy} for resource ${logicalId}`);
  }
}
