import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of a stack in a cloud assembly that the workshop reads. */
export interface AssembledStack {
  /** Its artifact's id: the id of its construct, which can differ from its name in the account. */
  readonly id: string;
  /** By which the CDK CLI selects it; by its id if this is left out. */
  readonly displayName?: string;
  /** The file with the constructs' metadata, including errors. */
  readonly additionalMetadataFile?: string;
  /** `aws://unknown-account/eu-central-1` */
  readonly environment?: string;
  /** The ids of other artifacts that it depends on. */
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    /** Left out if it is the id. */
    readonly stackName?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly terminationProtection?: boolean;
    readonly notificationArns?: readonly string[];
    readonly parameters?: Readonly<Record<string, string>>;
    readonly stackTemplateAssetObjectUrl?: string;
    readonly cloudFormationExecutionRoleArn?: string;
  };
}

/**
 * Returns the stacks of a cloud assembly by their artifacts' ids, according to its manifest. Empty if a program wrote
 * nothing, which is reported where the output is needed.
 */
export async function stacksIn(assembly: string): Promise<ReadonlyMap<string, AssembledStack>> {
  const text = await readFile(join(assembly, 'manifest.json'), 'utf8').catch(() => '{}');
  const { artifacts = {} } = JSON.parse(text) as {
    artifacts?: Readonly<Record<string, Omit<AssembledStack, 'id'> & { readonly type?: string }>>;
  };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return new Map(stacks.map(([id, stack]) => [id, { ...stack, id }]));
}

/** Returns the one of a cloud assembly's stacks that gets this name in the account; undefined if none does. */
export function stackNamed(stacks: ReadonlyMap<string, AssembledStack>, name: string): AssembledStack | undefined {
  return [...stacks.values()].find(({ id, properties }) => (properties?.stackName ?? id) === name);
}

/** Returns the text of a stack's template in its cloud assembly. */
export function templateIn(assembly: string, { id, properties }: AssembledStack): Promise<string> {
  return readFile(join(assembly, properties?.templateFile ?? `${id}.template.json`), 'utf8');
}
