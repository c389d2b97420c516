/**
 * Does some work and puts the environment of this process back afterwards: coming into an account names its profile
 * there, and the next learner is not to come in by it.
 */
export async function inOwnEnvironment<T>(work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  try {
    return await work();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Removes everything AWS from the environment of this process: an account of a learner's folder needs none of it. */
export function leaveAws(): void {
  for (const name of Object.keys(process.env)) {
    if (/^AWS_/.test(name) && name !== 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED') delete process.env[name];
  }
}
