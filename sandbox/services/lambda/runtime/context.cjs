/**
 * Whether handlers can answer through a callback: in the runtimes before nodejs24.x. A handler with a third parameter is
 * an error there (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137).
 */
const takesCallbacks = Number(/nodejs(\d+)\.x$/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) < 24;

/** The handler's `context` (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html). */
function contextOf({ requestId, deadline, invokedArn }, { succeed, fail }) {
  const { env } = process;
  return {
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
    ...(takesCallbacks
      ? {
          callbackWaitsForEmptyEventLoop: true,
          succeed,
          fail,
          done: (error, value) => (error ? fail(error) : succeed(value)),
        }
      : {}),
  };
}

module.exports = { contextOf, takesCallbacks };
