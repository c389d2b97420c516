import type { ValidateTemplateInput, ValidateTemplateOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { bodyOf } from '../definition.ts';
import { parseTemplate } from '../engine/template.ts';
import { validateTemplate as validate } from '../engine/validate.ts';
import { resourceTypes } from '../resources.ts';
import { summaryOf } from '../template-summary.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html */
export const validateTemplate = operation<ValidateTemplateInput, ValidateTemplateOutput>({
  resource: () => '*',
  async run(input, call) {
    const template = parseTemplate(await bodyOf(input, call));
    validate(template, resourceTypes);
    const { Parameters = [], Description, Capabilities, CapabilitiesReason } = summaryOf(template);
    return {
      Parameters: Parameters.map(({ ParameterKey, DefaultValue, NoEcho, Description: text }) => ({
        ParameterKey,
        DefaultValue,
        NoEcho,
        Description: text,
      })),
      Description,
      Capabilities,
      CapabilitiesReason,
    };
  },
});
