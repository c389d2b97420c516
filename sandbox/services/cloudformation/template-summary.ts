import type { GetTemplateSummaryOutput } from '@aws-sdk/client-cloudformation';
import type { Template } from './engine/template.ts';

/** Returns a template's declarations. */
export function summaryOf(template: Template): GetTemplateSummaryOutput {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const needsIam = types.some((type) => type.startsWith('AWS::IAM::'));
  return {
    Parameters: Object.entries(template.Parameters).map(([ParameterKey, parameter]) => ({
      ParameterKey,
      ParameterType: parameter.Type,
      DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
      NoEcho: String(parameter.NoEcho) === 'true',
      Description: parameter.Description,
      ParameterConstraints: { AllowedValues: (parameter.AllowedValues ?? []).map(String) },
    })),
    Description: template.Description,
    ResourceTypes: [...new Set(types)],
    ...(needsIam
      ? {
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          CapabilitiesReason: `The following resource(s) require capabilities: [${[...new Set(types.filter((type) => type.startsWith('AWS::IAM::')))].join(', ')}]`,
        }
      : {}),
    Metadata: template.Metadata && JSON.stringify(template.Metadata),
    Version: '2010-09-09',
    ResourceIdentifierSummaries: [],
  };
}
