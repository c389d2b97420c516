import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of a stack in a cloud assembly that the workshop reads. */
export interface AssembledStack {
  /** The file with the constructs' metadata, including errors. */
  readonly additionalMetadataFile?: string;
  /** `aws://unknown-account/eu-central-1` */
  readonly environment?: string;
  /** The ids of other artifacts that it depends on. */
  readonly dependencies?: readonly string[];
  readonly properties?: {
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
 * Returns the stacks of a cloud assembly by name, according to its manifest. Empty if a program wrote nothing, which is
 * reported where the output is needed.
 */
export async function stacksIn(assembly: string): Promise<ReadonlyMap<string, AssembledStack>> {
  const text = await readFile(join(assembly, 'manifest.json'), 'utf8').catch(() => '{}');
  const { artifacts = {} } = JSON.parse(text) as {
    artifacts?: Readonly<Record<string, AssembledStack & { readonly type?: string }>>;
  };
  return new Map(Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack'));
}
