import type { StackParameter } from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import { referenced } from './parameters.ts';
import { resolve } from './resolve.ts';
import type { Template, Value } from './template.ts';
import type { TemplateValues } from './template-values.ts';

/** The environment in which a template is evaluated. */
export interface Circumstances {
  readonly template: Template;
  readonly parameters: readonly StackParameter[];
  readonly accountId: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationARNs: readonly string[];
  /** A resource's physical id, or `Unknown`. */
  physicalId(logicalId: string): Value;
  attribute(logicalId: string, attribute: string): Value;
  /** The value that another stack exports; undefined if none does. */
  exported(name: string): string | undefined;
}

/** The values with which a template's functions are resolved. */
export function templateValues(circumstances: Circumstances): TemplateValues {
  const { template, parameters, region, stackId, stackName, accountId } = circumstances;
  const pseudo: Readonly<Record<string, Value>> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::StackId': stackId,
    'AWS::StackName': stackName,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': circumstances.notificationARNs,
    'AWS::NoValue': undefined,
  };
  const conditions = new Map<string, boolean>();
  /** Conditions that are being decided, the outermost first. */
  const deciding = new Set<string>();
  const values: TemplateValues = {
    region,
    ref(name) {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const parameter = parameters.find(({ ParameterKey }) => ParameterKey === name);
      if (parameter !== undefined) return referenced(parameter, template.Parameters[name]?.Type ?? 'String');
      if (template.Resources[name] === undefined) {
        throw new ValidationError(
          `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
        );
      }
      return circumstances.physicalId(name);
    },
    attribute: (logicalId, attribute) => circumstances.attribute(logicalId, attribute),
    condition(name) {
      const decided = conditions.get(name);
      if (decided !== undefined) return decided;
      const condition = template.Conditions[name];
      if (condition === undefined) {
        throw new ValidationError(`Template error: unresolved condition dependency ${name} in Fn::If`);
      }
      if (deciding.has(name)) {
        throw new ValidationError(`Circular dependency between conditions: [${[...deciding].join(', ')}]`);
      }
      deciding.add(name);
      const decision = resolve(condition, values) === true;
      deciding.delete(name);
      conditions.set(name, decision);
      return decision;
    },
    mapping(map, top, second) {
      const value = template.Mappings[map]?.[top]?.[second];
      if (value === undefined) {
        throw new ValidationError(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
      }
      return value;
    },
    exported(name) {
      const value = circumstances.exported(name);
      if (value === undefined) throw new ValidationError(`No export named ${name} found.`);
      return value;
    },
  };
  return values;
}

/** The logical ids whose conditions are true. */
export function presentResources(template: Template, values: TemplateValues): string[] {
  return Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || values.condition(Condition))
    .map(([logicalId]) => logicalId);
}

/**
 * Checks the Rules section, such as the CDK's required bootstrap version
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html).
 */
export function checkRules(template: Template, values: TemplateValues): void {
  for (const [name, { RuleCondition, Assertions }] of Object.entries(template.Rules)) {
    if (RuleCondition !== undefined && resolve(RuleCondition, values) !== true) continue;
    for (const { Assert, AssertDescription } of Assertions) {
      if (resolve(Assert, values) === true) continue;
      throw new ValidationError(
        `Template error: Rule ${name} failed to satisfy assertion${AssertDescription === undefined ? '' : `: ${AssertDescription}`}`,
      );
    }
  }
}
