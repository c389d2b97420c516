import { AwsError } from '../../../calls/errors.ts';

/** What a call gives, or undefined where what it is about is not there. */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether a call finds what it asks for. */
export async function isThere(call: Promise<unknown>): Promise<boolean> {
  return (await ifThere(call.then(() => true))) === true;
}

/** Services name it in many ways: ResourceNotFoundException, NoSuchEntity, NoSuchBucket, ParameterNotFound. */
function isNotFound({ code, status }: AwsError): boolean {
  return status === 404 || /NotFound|NoSuch/.test(code);
}
