// The outputs of a lab's stack, by name.
import { CloudFormation } from '@aws-sdk/client-cloudformation';

// The SDK's warning about Node.js 20 helps nobody here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export async function outputs(lab = '03-no-auth') {
  try {
    const { Stacks } = await new CloudFormation().describeStacks({ StackName: `chat-${lab}` });
    return Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    console.error(`Can't find the room of ${lab}: ${error.message || error.code}`);
    console.error('Point this terminal at the account: eval "$(npx lab env)", or export AWS_PROFILE=… on AWS.');
    console.error('The practice account has to run (npx lab sandbox start), and the lab to be deployed.');
    process.exit(1);
  }
}
