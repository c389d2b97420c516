import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs';
import { tagging } from '../../../authorization/tagging.ts';
import { regional } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { groupResource, invalid } from '../find.ts';
import { logGroups } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup = operation<CreateLogGroupRequest, object, 'store' | 'clock' | 'ids'>({
  resource: groupResource,
  alsoNeeds: (input, call) => tagging(input.tags, 'logs:TagResource', groupResource(input, call)),
  async run(input, call) {
    const {
      logGroupName: name = '',
      tags = {},
      kmsKeyId,
      logGroupClass = 'STANDARD',
      deletionProtectionEnabled,
    } = input;
    if (kmsKeyId !== undefined) throw new UnsupportedError('log groups with kmsKeyId');
    if (logGroupClass !== 'STANDARD') throw new UnsupportedError(`log groups of the class ${logGroupClass}`);
    if (deletionProtectionEnabled === true) throw new UnsupportedError('log groups with deletionProtectionEnabled');
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
      throw invalid(
        `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
      );
    }
    if (/^aws\//i.test(name)) throw invalid('Log groups starting with AWS/ are reserved for AWS.');
    const scope = regional(call);
    if (logGroups.get(call.store, scope, name) !== undefined) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const creationTime = call.clock.now().getTime();
    await call.store.commit([logGroups.put(scope, name, { name, folder: call.ids.short(16), creationTime, tags })]);
    return {};
  },
});
