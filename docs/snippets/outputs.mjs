// Returns the outputs of a lab's stack, by name.
import { CloudFormation } from '@aws-sdk/client-cloudformation';

// Hides the SDK's warning about Node.js 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export async function outputs(lab = '03-no-auth') {
  try {
    const { Stacks } = await new CloudFormation().describeStacks({ StackName: `chat-${lab}` });
    return Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    console.error(`Couldn't find the room of ${lab}: ${error.message || error.code}`);
    console.error('Point this terminal at the account: eval "$(npx lab env)", or on AWS, export AWS_PROFILE=…');
    console.error(
      'Also make sure that the practice account is running (npx lab sandbox start) and the lab is deployed.',
    );
    process.exit(1);
  }
}
