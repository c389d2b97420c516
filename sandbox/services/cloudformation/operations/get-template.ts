import type { GetTemplateInput, GetTemplateOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { changeSetArn, requireChangeSet, requireStack } from '../lookup.ts';
import { stackScope, templates } from '../records.ts';

/** Without transforms, the processed template is the original (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html). */
export const getTemplate = operation<GetTemplateInput, GetTemplateOutput, 'store'>({
  resource: changeSetArn,
  run({ StackName, ChangeSetName }, call) {
    const { stack, template } =
      ChangeSetName === undefined ? ofStack(StackName) : ofChangeSet(ChangeSetName, StackName);
    // A stack that was never executed has none, which is an empty string.
    const body = templates.get(call.store, stackScope(stack.StackId), template ?? '')?.body;
    return { TemplateBody: body ?? '', StagesAvailable: ['Original', 'Processed'] };

    function ofStack(name: string | undefined) {
      const found = requireStack(name, call);
      return { stack: found, template: found.template };
    }
    function ofChangeSet(name: string, stackName: string | undefined) {
      const found = requireChangeSet(name, stackName, call);
      return { stack: found.stack, template: found.changeSet.template };
    }
  },
});
