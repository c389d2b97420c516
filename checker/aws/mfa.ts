import type { STSClient } from '@aws-sdk/client-sts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { AskForCode } from './ask-for-code.ts';
import { type Settings, settingsOf } from './profiles.ts';

/** A profile whose role can only be assumed with a code from its MFA device. */
export interface MfaProfile {
  readonly profile: string;
  /** `arn:aws:iam::111122223333:mfa/ada` */
  readonly device: string;
}

/** The credentials that STS returns for a code. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface MfaOptions {
  readonly profile: string | undefined;
  readonly region: string;
  readonly endpoint?: string;
  readonly ask: AskForCode;
}

/**
 * Signs in with a profile that requires an MFA code: asks for it once and returns the session, which all clients of a
 * command use. Returns undefined if the profile requires none: then the SDK finds the credentials itself. Throws a
 * LabError if AWS rejects the code, or if there is no terminal.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa
 */
export async function mfaSession(options: MfaOptions): Promise<Session | undefined> {
  const { profile, region, endpoint, ask } = options;
  // Keys in the environment take precedence over the default profile.
  if (profile === undefined && process.env.AWS_ACCESS_KEY_ID !== undefined) return undefined;
  const name = profile ?? 'default';
  const { role_arn: role, source_profile: source, mfa_serial: device, ...more } = await settingsOf(name);
  if (role === undefined || source === undefined) return undefined;
  const before = source === name ? undefined : await mfaSession({ ...options, profile: source });
  if (device === undefined && before === undefined) return undefined;
  const code = device === undefined ? undefined : await ask({ profile: name, device });
  const sts = await import('./sdk/sts.ts');
  const client = new sts.STSClient({
    region,
    endpoint,
    ...(before === undefined ? sourceOf(name, source, more) : { credentials: before }),
  });
  try {
    return await takeOn(client, role, more, code === undefined ? {} : { SerialNumber: device, TokenCode: code });
  } catch (error) {
    throw refusal(error, { profile: name, region });
  } finally {
    client.destroy();
  }
}

/** Returns a credentials provider for SDK clients: the session while it lasts, then a LabError that says so. */
export function lasting(session: Session): () => Promise<Session> {
  return async () => {
    if (session.expiration.getTime() > Date.now()) return session;
    throw new LabError(
      'The MFA session has expired.',
      "Run the command again, and enter a new code. `duration_seconds` in the profile makes sessions longer, up to the role's limit.",
    );
  };
}

/** A profile can name itself if it has both a role and the keys to assume it with. */
function sourceOf(name: string, source: string, settings: Settings) {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = settings;
  if (source !== name || accessKeyId === undefined || secretAccessKey === undefined) return { profile: source };
  return { credentials: { accessKeyId, secretAccessKey } };
}

async function takeOn(client: STSClient, RoleArn: string, settings: Settings, proof: object): Promise<Session> {
  const { AssumeRoleCommand } = await import('./sdk/sts.ts');
  const { Credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn,
      RoleSessionName: settings.role_session_name ?? 'websocket-lab',
      ExternalId: settings.external_id,
      DurationSeconds: settings.duration_seconds === undefined ? undefined : Number(settings.duration_seconds),
      ...proof,
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration = new Date() } = { ...Credentials };
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

function refusal(error: unknown, { profile, region }: { readonly profile: string; readonly region: string }): unknown {
  if (error instanceof Error && /MultiFactorAuthentication failed|TokenCode/.test(error.message)) {
    return new LabError(
      `AWS rejected the MFA code: ${error.message}`,
      "Each code works only once: wait for the next one, and run the command again. `mfa_serial` in the profile must be that device's ARN.",
      { cause: error },
    );
  }
  const { reason, next } = explainFailure(error, { kind: 'aws', title: `AWS in ${region}`, profile });
  return new LabError(reason, next, { cause: error });
}
