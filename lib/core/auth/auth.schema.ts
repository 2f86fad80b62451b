import { z } from "zod";

/** Changing the terms means changing this and having people accept again. */
export const termsVersion = "2026-11-20";

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Write the whole address, such as name@example.com.");
/** Rules are checked by the operation; here only what no password may be. */
const password = z.string().min(1, "Enter a password.").max(200, "Use 8 to 128 characters.");
const code = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^[0-9]{6}$/, "Enter the six digits from the mail."));
/** "token" is for callers that are not browsers: tokens in the answer, no cookies. */
const session = z.enum(["cookie", "token"]).default("cookie");
const business = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]{2,40}$/)
  .nullish()
  .catch(null);
const challenge = z.string().min(20).max(100).optional();

export const signInSchema = z.object({
  identifier: z.string().trim().min(1, "Enter your e-mail or handle.").max(254),
  password,
  business,
  session,
});
export const signUpSchema = z.object({
  email,
  name: z.string().trim().min(1, "Enter your name.").max(120, "Use 120 characters at most."),
  password,
  acceptsTerms: z.literal(true, "Accept the terms to create an account."),
  business,
});
export const verifySchema = z.object({
  code,
  password,
  name: z.string().trim().min(1).max(120).optional(),
  business,
  challenge,
  session,
});
export const resendSchema = z.object({ challenge });
export const forgotSchema = z.object({ email });
export const resetSchema = z.object({ code, password, challenge, session });
export const unlockRequestSchema = z.object({ identifier: z.string().trim().min(1).max(254), business });
export const unlockSchema = z.object({ token: z.string().min(20).max(100) });
export const changePasswordSchema = z.object({ currentPassword: password, password });
export const changeEmailSchema = z.object({ currentPassword: password, email });
export const confirmEmailSchema = z.object({ code, challenge });
export const updateMeSchema = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(120).optional(),
  timeZone: z.string().max(60).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
    .optional(),
});

export const challengeStateSchema = z.object({
  /** For callers without cookies; browsers get it as a cookie as well. */
  challenge: z.string(),
  maskedEmail: z.string(),
  resendAt: z.string(),
  expiresAt: z.string(),
  sendsLeft: z.number().int(),
});
export type ChallengeState = z.infer<typeof challengeStateSchema>;

const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
});
export const signedInSchema = z.object({
  /** Where to go next, when the caller asked for no page of its own. */
  home: z.string(),
  isNewAccount: z.boolean(),
  tokens: tokensSchema.optional(),
});
export type SignedIn = z.infer<typeof signedInSchema>;

export const sessionSchema = z.object({
  id: z.uuid(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  userAgent: z.string().nullable(),
  ipHint: z.string().nullable(),
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export type SignInInput = z.infer<typeof signInSchema>;
export type SignUpInput = z.infer<typeof signUpSchema>;
export type VerifyInput = z.infer<typeof verifySchema>;
export type ResetInput = z.infer<typeof resetSchema>;
