import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';

type Invalid = Error | null | undefined;
type Item = Readonly<Record<string, AttributeValue | undefined>>;
type LegacyUpdates = Readonly<Record<string, { readonly Value?: AttributeValue } | undefined>>;

/** An update expression as dynalite has parsed it. */
interface Updates {
  readonly sections: readonly {
    readonly type: string;
    readonly path: readonly string[];
    readonly val?: AttributeValue;
  }[];
}

/** The validations that dynalite's actions look up in its database module. */
export interface Validating {
  validateItem(item: Item, table: TableDescription): Invalid;
  validateUpdates(legacy: LegacyUpdates | undefined, updates: Updates | undefined, table: TableDescription): Invalid;
  traverseIndexes(
    table: TableDescription,
    visit: (attribute: string, type: 'S' | 'N' | 'B', index: { readonly IndexName: string }) => Invalid,
  ): Invalid;
  validationError(message: string): Error;
}

const done = new WeakSet<Validating>();

/**
 * Has dynalite reject empty values of an index's keys, which it only rejects in the table's own
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes).
 */
export function rejectEmptyIndexKeys(db: Validating): void {
  if (done.has(db)) return;
  done.add(db);
  const { validateItem, validateUpdates } = db;
  const reject = (table: TableDescription, given: (name: string) => AttributeValue | undefined, about: string) =>
    db.traverseIndexes(table, (name, type, { IndexName }) => {
      if (type === 'N' || given(name)?.[type]?.length !== 0) return undefined;
      const kind = type === 'S' ? 'string' : 'binary';
      const where = about === put ? ` IndexName: ${IndexName}, IndexKey: ${name}` : '';
      return db.validationError(
        `One or more parameter values are not valid. ${about} The AttributeValue for a key attribute cannot contain an empty ${kind} value.${where}`,
      );
    });
  db.validateItem = (item, table) => validateItem(item, table) ?? reject(table, (name) => item[name], put);
  db.validateUpdates = (legacy, updates, table) =>
    validateUpdates(legacy, updates, table) ?? reject(table, (name) => newValue(name, legacy, updates), update);
}

const put = 'A value specified for a secondary index key is not supported.';
const update = 'The update expression attempted to update a secondary index key to a value that is not supported.';

function newValue(
  name: string,
  legacy: LegacyUpdates | undefined,
  updates: Updates | undefined,
): AttributeValue | undefined {
  const set = updates?.sections.find(({ type, path }) => type === 'set' && path.length === 1 && path[0] === name);
  return set?.val ?? legacy?.[name]?.Value;
}
