import type { Evidence, Subject } from '../../checking/check.ts';
import { hasCustomResources, isDeclared, type Properties, propertiesIn } from '../../observe/declared.ts';
import { resourceNamed } from '../../observe/physical-id.ts';
import { functionNameIn } from '../../observe/routes.ts';
import { observeTemplate } from '../../observe/template.ts';
import { observePool } from '../../observe/user-pool.ts';
import { type OpenPool, type OtherOpenPool, openPool, otherPools } from '../../sign-in/open-pool.ts';

/** Who decides whether somebody gets an account, by the pool's settings. */
export interface SignUpGate {
  readonly poolId: string;
  /** The pool's logical id. */
  readonly pool: string;
  /** The function that Cognito invokes before it creates a user. */
  readonly trigger?: {
    readonly functionName: string;
    /** Missing if the stack didn't create it. */
    readonly logicalId?: string;
    /** Whether its code is in the template, not in a file. */
    readonly isInline?: boolean;
  };
  /** Whether only administrators create accounts. */
  readonly adminOnly: boolean;
  /** Whether the deployed template has none of these settings. */
  readonly byHand: boolean;
}

/** A pool that people sign up in, and who decides there. */
export type GatedPool = OpenPool & { readonly gate: SignUpGate };

/** DescribeUserPool: who decides, now. Also reads the template, to detect manual changes. */
export async function observeSignUpGate(subject: Subject): Promise<GatedPool> {
  return gated(subject, await subject.once(openPool));
}

/** Returns the same about the stack's other pools. */
export async function observeOtherGates(subject: Subject): Promise<ReadonlyArray<GatedPool & OtherOpenPool>> {
  return Promise.all((await subject.once(otherPools)).map((open) => gated(subject, open)));
}

async function gated<Pool extends OpenPool>(subject: Subject, open: Pool): Promise<Pool & GatedPool> {
  const [settings, template] = await Promise.all([observePool(subject, open.pool), observeTemplate(subject)]);
  const { preSignUp, adminOnly } = settings;
  const functionName = functionNameIn(preSignUp);
  const { id: poolId, pool } = open.pool;
  const properties = propertiesIn(template);
  const trigger =
    functionName === undefined ? undefined : { functionName, ...madeBy(subject, functionName, properties) };
  const byHand =
    properties[pool] !== undefined &&
    (functionName !== undefined || adminOnly) &&
    !decides(properties[pool]) &&
    !hasCustomResources(subject.resources);
  return { ...open, settings, gate: { poolId, pool, trigger, adminOnly, byHand } };
}

/** Whether the pool's properties in a template have a trigger, or leave accounts to administrators. */
function decides(pool: Properties): boolean {
  return (
    isDeclared(pool, 'LambdaConfig', 'PreSignUp') ||
    isDeclared(pool, 'AdminCreateUserConfig', 'AllowAdminCreateUserOnly')
  );
}

function madeBy(
  { resources }: Subject,
  functionName: string,
  properties: Readonly<Record<string, Properties>>,
): Pick<NonNullable<SignUpGate['trigger']>, 'logicalId' | 'isInline'> {
  const logicalId = resourceNamed(resources, 'AWS::Lambda::Function', functionName)?.logicalId;
  if (logicalId === undefined) return {};
  const { ZipFile } = (properties[logicalId]?.Code ?? {}) as { readonly ZipFile?: unknown };
  return { logicalId, isInline: ZipFile !== undefined };
}

/** Returns the pool's settings; the line that shows that nobody decides is marked. */
export function signUpGateEvidence({ poolId, trigger, adminOnly }: SignUpGate): Evidence {
  return {
    source: 'DescribeUserPool',
    about: poolId,
    lines: [
      `LambdaConfig: ${trigger === undefined ? 'no PreSignUp' : `PreSignUp ${trigger.functionName}`}`,
      `AllowAdminCreateUserOnly: ${adminOnly}`,
    ],
    ...(trigger === undefined && !adminOnly ? { marked: [0] } : {}),
  };
}
