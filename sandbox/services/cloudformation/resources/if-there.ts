import { AwsError } from '../../../calls/errors.ts';

/** A call's result, or undefined if its subject doesn't exist. */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether a call finds its subject. */
export async function isThere(call: Promise<unknown>): Promise<boolean> {
  return (await ifThere(call.then(() => true))) === true;
}

/** Services have many codes for it: ResourceNotFoundException, NoSuchEntity, NoSuchBucket, ParameterNotFound. */
function isNotFound({ code, status }: AwsError): boolean {
  return status === 404 || /NotFound|NoSuch/.test(code);
}
