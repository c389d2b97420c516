import { expect, test, vi } from 'vitest';
import { leaveOtherEndpoints } from '../aws/sign-in.ts';
import { inOwnEnvironment } from './own-environment.ts';

test("one learner's profile does not affect the next, and the shell's keys are restored", async () => {
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  try {
    await inOwnEnvironment(async () => leaveOtherEndpoints({ profile: 'ada' })).catch(() => {});
    expect(process.env.AWS_PROFILE).toBeUndefined();
    expect(process.env.AWS_ACCESS_KEY_ID).toBe('AKIAIOSFODNN7EXAMPLE');
  } finally {
    vi.unstubAllEnvs();
  }
});
