import { collection } from '../../state/collection.ts';

/** A parameter with its history, by name. */
export interface ParameterRecord {
  readonly Name: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly Tags: Readonly<Record<string, string>>;
  /** Oldest first; AWS keeps the last 100. */
  readonly versions: readonly ParameterVersion[];
}

export interface ParameterVersion {
  readonly Version: number;
  readonly Type: 'String' | 'StringList';
  readonly Value: string;
  readonly DataType: string;
  /** ISO 8601. */
  readonly LastModifiedDate: string;
  /** The writer's ARN. */
  readonly LastModifiedUser: string;
}

export const parameters = collection<ParameterRecord>('ssm/parameter');
