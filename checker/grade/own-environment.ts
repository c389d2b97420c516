/**
 * Does some work and restores this process's environment afterward: opening an account sets its profile there, and the
 * next learner's must not use it.
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

/** Removes everything about AWS from this process's environment: an account in a learner's folder needs none of it. */
export function leaveAws(): void {
  for (const name of Object.keys(process.env)) {
    if (/^AWS_/.test(name) && name !== 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED') delete process.env[name];
  }
}
