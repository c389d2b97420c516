import type { GetTemplateSummaryInput, GetTemplateSummaryOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { bodyOf } from '../definition.ts';
import { parseTemplate } from '../engine/template.ts';
import { requireStack, stackArn } from '../lookup.ts';
import { stackScope, templates } from '../records.ts';
import { summaryOf } from '../template-summary.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html */
export const getTemplateSummary = operation<GetTemplateSummaryInput, GetTemplateSummaryOutput, 'store'>({
  resource: ({ StackName }, call) => (StackName === undefined ? '*' : stackArn(StackName, call)),
  async run(input, call) {
    if (input.StackName === undefined) return summaryOf(parseTemplate(await bodyOf(input, call)));
    const stack = requireStack(input.StackName, call);
    const body = templates.get(call.store, stackScope(stack.StackId), stack.template ?? '')?.body ?? '';
    return summaryOf(parseTemplate(body));
  },
});
