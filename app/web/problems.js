/** Explains what is wrong with a password, from the policy violation in Cognito's answer. */
const PASSWORD = [
  [
    /not long enough|greater than or equal to/i,
    'That password is too short. Choose a longer one, of three or four words.',
  ],
  [/uppercase/i, 'The password needs an uppercase letter.'],
  [/lowercase/i, 'The password needs a lowercase letter.'],
  [/numeric/i, 'The password needs a digit.'],
  [/symbol/i, 'The password needs a symbol, such as ! or ?'],
  [/regular expression/i, 'The password is too short, or begins or ends with a space. Choose another one.'],
];

const TOO_OFTEN = 'Too many attempts. Wait a few minutes, then try again.';

/** What Cognito's codes mean to a person: `[field, words]`, without a field if it concerns none. */
const MEANING = {
  UsernameExistsException: ['username', 'That username is taken. Choose another one, or sign in.'],
  AliasExistsException: ['email', 'Somebody has already signed up with that address.'],
  CodeMismatchException: ['code', "That's not the code. Check it, or have a new one sent."],
  ExpiredCodeException: ['code', 'That code has expired. Have a new one sent.'],
  UserNotFoundException: ['username', 'Nobody has signed up with that name.'],
  PasswordHistoryPolicyViolationException: ['password', 'You used that password before. Choose a new one.'],
  PasswordResetRequiredException: [undefined, 'This password is no longer valid. Choose “Forgot your password?”.'],
  CodeDeliveryFailureException: [undefined, "The code couldn't be sent. Try again later."],
  LimitExceededException: [undefined, TOO_OFTEN],
  TooManyRequestsException: [undefined, TOO_OFTEN],
  TooManyFailedAttemptsException: [undefined, TOO_OFTEN],
  UnexpectedLambdaException: [undefined, "Nobody can sign up now: the function that decides doesn't answer."],
  ResourceNotFoundException: [undefined, 'The room’s user pool is gone. Reload this page.'],
  Unreachable: [undefined, 'No answer. Check your network, and try again.'],
};

/** Returns what kept Cognito from doing it, `{ field, words }`: the message, and the field where it can be fixed. */
export function problemOf({ code, message }) {
  if (code === 'InvalidPasswordException') return { field: 'password', words: wrongPassword(message) };
  if (code === 'InvalidParameterException') return invalid(message);
  // The message of the PreSignUp trigger, which decides by the address.
  if (code === 'UserLambdaValidationException')
    return { field: 'email', words: message.replace(/^PreSignUp failed with error /, '') };
  if (code === 'NotAuthorizedException') return refused(message);
  if (code === 'Challenge' && message === 'NEW_PASSWORD_REQUIRED')
    return {
      field: 'password',
      words:
        "That's a temporary password, which this page can't change. Ask whoever runs the room for a permanent one.",
    };
  if (code === 'Challenge') return { words: `Cognito requires a step that this page doesn't support: ${message}.` };
  const [field, words] = MEANING[code] ?? [undefined, `Cognito says: ${message || code}`];
  return { field, words };
}

function invalid(message) {
  if (/email address/i.test(message)) return { field: 'email', words: "That's not an email address." };
  if (/at 'password'/i.test(message)) return { field: 'password', words: wrongPassword(message) };
  if (/username/i.test(message))
    return { field: 'username', words: "That's not a valid username. Use letters and digits, without spaces." };
  if (/confirmationCode/i.test(message)) return { field: 'code', words: "That's not the code: it has only digits." };
  return { words: message };
}

function refused(message) {
  if (/incorrect/i.test(message)) return { field: 'password', words: 'Wrong username or password.' };
  if (/disabled/i.test(message)) return { words: 'This user is disabled. Ask whoever runs the room.' };
  if (/attempts exceeded/i.test(message)) return { words: TOO_OFTEN };
  return { words: message };
}

function wrongPassword(message) {
  return PASSWORD.find(([policy]) => policy.test(message))?.[1] ?? message;
}
