export {
  challengeStateSchema,
  changeEmailSchema,
  changePasswordSchema,
  confirmEmailSchema,
  forgotSchema,
  resendSchema,
  resetSchema,
  sessionSchema,
  signedInSchema,
  signInSchema,
  signUpSchema,
  termsVersion,
  unlockRequestSchema,
  unlockSchema,
  updateMeSchema,
  verifySchema,
  type ChallengeState,
  type Session,
  type SignedIn,
} from "./auth.schema";
export { passwordLength, passwordRules, unmetRules, type PasswordRuleId } from "./password-rules";
export { describeDevice } from "./describe-device";
export { wayHome } from "./way-home";
