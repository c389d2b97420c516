import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As much of a stack in a cloud assembly as the workshop looks at. */
export interface AssembledStack {
  /** The file with what constructs say of themselves, errors among it. */
  readonly additionalMetadataFile?: string;
  /** `aws://unknown-account/eu-central-1` */
  readonly environment?: string;
  /** The ids of other artifacts that it needs. */
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
 * The stacks of a cloud assembly by name, as its manifest has them. None where a program wrote nothing, which is told as
 * such by whoever needs what it should have written.
 */
export async function stacksIn(assembly: string): Promise<ReadonlyMap<string, AssembledStack>> {
  const text = await readFile(join(assembly, 'manifest.json'), 'utf8').catch(() => '{}');
  const { artifacts = {} } = JSON.parse(text) as {
    artifacts?: Readonly<Record<string, AssembledStack & { readonly type?: string }>>;
  };
  return new Map(Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack'));
}
