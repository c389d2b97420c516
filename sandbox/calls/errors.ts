/**
 * An error that AWS documents; the protocols turn it into a response in their own format. `code` is AWS's name for it,
 * `status` the HTTP status, `details` further members of the error shape.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** The network fails instead of AWS: the caller gets no answer, and its connection is reset. */
export class ResetError extends AwsError {
  constructor() {
    super('ECONNRESET', 'The connection was reset on request.', 0);
  }
}

/**
 * Unsupported features are reported, and never succeed silently. The status is 501: the SDKs and the AWS CLI retry 500,
 * 502, 503 and 504, and a second try wouldn't help here.
 */
export class UnsupportedError extends AwsError {
  constructor(what: string) {
    super('NotImplemented', `The practice account doesn't support ${what}.`, 501);
  }
}
