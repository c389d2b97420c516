/** The environment with which another program of this machine uses an account. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that would direct an AWS program elsewhere, besides the addresses of single services. */
const misleading = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
] as const;

/**
 * Returns everything to unset, including service-specific addresses that are set, such as AWS_ENDPOINT_URL_S3:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function misleadingNames(base: NodeJS.ProcessEnv = process.env): string[] {
  return [...misleading, ...Object.keys(base).filter((name) => /^AWS_ENDPOINT_URL_\w+$/.test(name))];
}

/** The practice account is on this machine, so don't use a proxy. Only for our own programs, not for shells. */
export const direct: Environment = {
  HTTP_PROXY: undefined,
  HTTPS_PROXY: undefined,
  http_proxy: undefined,
  https_proxy: undefined,
};

/** Otherwise the CDK CLI would look for a newer version on the network, send telemetry, and warn about Node.js 20. */
export const quietCdk: Environment = {
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Returns this process's environment with the changes made; undefined unsets a variable. */
export function withEnvironment(changes: Environment, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const environment = { ...base, ...changes };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) delete environment[name];
  return environment;
}
