/** The handler's `context` (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html). */
function contextOf({ requestId, deadline, invokedArn }, { succeed, fail }) {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: invokedArn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    succeed,
    fail,
    done: (error, value) => (error ? fail(error) : succeed(value)),
  };
}

module.exports = { contextOf };
