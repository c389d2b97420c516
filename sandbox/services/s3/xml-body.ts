import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../../calls/errors.ts';

/** Elements that may repeat, and are lists also when there is one of them. */
const lists = new Set(['Object', 'Part', 'Rule']);

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => lists.has(name) });

/** The root element of an XML body, with every value as text; undefined for an empty body. Throws MalformedXML. */
export function xmlBody(body: Buffer | undefined, root: string): Record<string, unknown> | undefined {
  if (body === undefined || body.length === 0) return undefined;
  // None of S3's documents has a type; those that bring one define entities that grow without end, or reach for files.
  if (body.includes('<!DOCTYPE')) throw malformed();
  let document: Record<string, unknown>;
  try {
    document = parser.parse(body, true) as Record<string, unknown>;
  } catch {
    throw malformed();
  }
  if (!(root in document)) throw malformed();
  const content = document[root];
  return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
}

/** What S3 answers to a body that does not have the shape it should. */
export function malformed(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
