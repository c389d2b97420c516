import type { Evidence, Subject } from '../../checking/check.ts';
import { propertiesIn } from '../../observe/declared.ts';
import { resourceNamed } from '../../observe/physical-id.ts';
import { functionNameIn } from '../../observe/routes.ts';
import { observeTemplate } from '../../observe/template.ts';
import { observePool } from '../../observe/user-pool.ts';
import { type OpenPool, openPool } from '../../sign-in/open-pool.ts';

/** Who decides whether somebody gets an account, by the pool's settings. */
export interface Gate {
  readonly poolId: string;
  /** The pool's logical id. */
  readonly pool: string;
  /** The function that Cognito invokes before it creates a user. */
  readonly trigger?: {
    readonly functionName: string;
    /** Missing if the stack didn't create it. */
    readonly logicalId?: string;
  };
  /** Whether only administrators create accounts. */
  readonly adminOnly: boolean;
  /** Whether the deployed template has none of these settings. */
  readonly byHand: boolean;
}

/** DescribeUserPool: who decides, now. Also reads the template, to detect manual changes. */
export async function observeGate(subject: Subject): Promise<OpenPool & { readonly gate: Gate }> {
  const open = await subject.once(openPool);
  const [settings, template] = await Promise.all([observePool(subject, open.pool), observeTemplate(subject)]);
  const { preSignUp, adminOnly } = settings;
  const functionName = functionNameIn(preSignUp);
  const { id: poolId, pool } = open.pool;
  const trigger = functionName === undefined ? {} : { trigger: { functionName, ...madeBy(subject, functionName) } };
  const declared = propertiesIn(template)[pool] as Declared | undefined;
  const isDecided = functionName !== undefined || adminOnly;
  const isDeclared =
    declared?.LambdaConfig?.PreSignUp !== undefined ||
    declared?.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true;
  const byHand = declared !== undefined && isDecided && !isDeclared;
  return { ...open, settings, gate: { poolId, pool, ...trigger, adminOnly, byHand } };
}

interface Declared {
  readonly LambdaConfig?: { readonly PreSignUp?: unknown };
  readonly AdminCreateUserConfig?: { readonly AllowAdminCreateUserOnly?: unknown };
}

function madeBy({ resources }: Subject, functionName: string): { readonly logicalId?: string } {
  const logicalId = resourceNamed(resources, 'AWS::Lambda::Function', functionName)?.logicalId;
  return logicalId === undefined ? {} : { logicalId };
}

/** Returns the pool's settings; the line that shows that nobody decides is marked. */
export function gateEvidence({ poolId, trigger, adminOnly }: Gate): Evidence {
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
