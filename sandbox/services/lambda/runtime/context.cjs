/**
 * Whether the runtime awaits what a handler returns, be it a promise or not: from nodejs24.x on. There a handler with a
 * third parameter, for a callback, is an error, and nothing catches uncaught errors. Source: AWS's runtime,
 * https://www.npmjs.com/package/aws-lambda-ric/v/4.0.2.
 */
const isAwaited = Number(/nodejs(\d+)\.x$/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) >= 24;

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
    ...(isAwaited
      ? {}
      : {
          callbackWaitsForEmptyEventLoop: true,
          succeed,
          fail,
          done: (error, value) => (error ? fail(error) : succeed(value)),
        }),
  };
}

module.exports = { contextOf, isAwaited };
