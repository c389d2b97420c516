import type { Parameter } from '@aws-sdk/client-cloudformation';
import type { Perform } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import type { StackParameter } from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import type { Template, TemplateParameter } from './template.ts';

const plainTypes = ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'AWS::SSM::Parameter::Name'];
const storedTypes = [
  'AWS::SSM::Parameter::Value<String>',
  'AWS::SSM::Parameter::Value<List<String>>',
  'AWS::SSM::Parameter::Value<CommaDelimitedList>',
];

/**
 * Returns the values of a template's parameters: given ones, previous ones if requested, otherwise the defaults;
 * checked against the template's constraints, and read from Systems Manager if the type says so.
 */
export async function parameterValues(
  template: Pick<Template, 'Parameters'>,
  given: readonly Parameter[],
  previous: readonly StackParameter[],
  perform: Perform,
): Promise<StackParameter[]> {
  const declared = Object.keys(template.Parameters);
  const strangers = given.map(({ ParameterKey = '' }) => ParameterKey).filter((name) => !declared.includes(name));
  if (strangers.length > 0) {
    throw new ValidationError(`Parameters: [${strangers.join(', ')}] do not exist in the template`);
  }
  const values = declared.map((name) => [name, chosen(name, template, given, previous)] as const);
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw new ValidationError(`Parameters: [${missing.join(', ')}] must have values`);
  return Promise.all(
    values.map(async ([name, value = '']) => {
      const parameter = template.Parameters[name] as TemplateParameter;
      check(name, value, parameter);
      return {
        ParameterKey: name,
        ParameterValue: value,
        ...(storedTypes.includes(parameter.Type) ? { ResolvedValue: await stored(value, perform) } : {}),
        ...(String(parameter.NoEcho) === 'true' ? { noEcho: true } : {}),
      };
    }),
  );
}

/** Returns the value of `Ref` for a parameter: a list for list types, otherwise a string. */
export function referenced({ ParameterValue, ResolvedValue }: StackParameter, type: string): string | string[] {
  const value = ResolvedValue ?? ParameterValue;
  return /List/.test(type) ? value.split(',').map((item) => item.trim()) : value;
}

function chosen(
  name: string,
  { Parameters }: Pick<Template, 'Parameters'>,
  given: readonly Parameter[],
  previous: readonly StackParameter[],
): string | undefined {
  const asked = given.find(({ ParameterKey }) => ParameterKey === name);
  if (asked?.ParameterValue !== undefined && String(asked.UsePreviousValue) !== 'true') return asked.ParameterValue;
  if (asked !== undefined) return previous.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue;
  const { Default } = Parameters[name] ?? {};
  return Default === undefined ? undefined : String(Default);
}

function check(name: string, value: string, parameter: TemplateParameter): void {
  const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  if (!plainTypes.includes(Type) && !storedTypes.includes(Type)) {
    throw new UnsupportedError(`parameters of the type ${Type}`);
  }
  const items = /List/.test(Type) ? value.split(',').map((item) => item.trim()) : [value];
  const refuse = (reason: string) => {
    const { ConstraintDescription } = parameter;
    throw new ValidationError(
      ConstraintDescription === undefined
        ? `Parameter '${name}' ${reason}`
        : `Parameter ${name} failed to satisfy constraint: ${ConstraintDescription}`,
    );
  };
  for (const item of items) {
    if (/Number/.test(Type) && !Number.isFinite(Number(item))) refuse('must be a number.');
    if (AllowedValues !== undefined && !AllowedValues.map(String).includes(item)) {
      refuse(`must be one of AllowedValues`);
    }
    if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(item)) {
      refuse(`must match pattern ${AllowedPattern}`);
    }
    if (MinLength !== undefined && item.length < Number(MinLength)) {
      refuse(`must contain at least ${MinLength} characters`);
    }
    if (MaxLength !== undefined && item.length > Number(MaxLength)) {
      refuse(`must contain at most ${MaxLength} characters`);
    }
    if (MinValue !== undefined && Number(item) < Number(MinValue)) refuse(`must be a number not less than ${MinValue}`);
    if (MaxValue !== undefined && Number(item) > Number(MaxValue)) {
      refuse(`must be a number not greater than ${MaxValue}`);
    }
  }
}

async function stored(name: string, perform: Perform): Promise<string> {
  try {
    const { Parameter } = await perform<{ Parameter?: { Value?: string } }>('ssm', 'GetParameter', { Name: name });
    return Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ParameterNotFound') {
      throw new ValidationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
    }
    throw error;
  }
}
