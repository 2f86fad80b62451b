import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./config";

/** What supabase/config.toml says about sign-in, for the embedded Auth. tests/unit compares the two. */
export const AUTH = {
  jwtExpiry: 3600,
  timebox: "720h",
  inactivity: "24h",
  otpLength: 6,
  /** Every code lives this long at most; the app asks for less where a code does. */
  otpExpiry: 900,
  /** How soon a code may be asked for again. */
  resendSeconds: 60,
  minimumPassword: 8,
} as const;

export const MAIL_SUBJECTS = {
  confirmation: "Your Portico code",
  recovery: "Reset your Portico password",
  magic_link: "Your Portico sign-in code",
  email_change: "Confirm your new e-mail address",
  invite: "You are invited to Portico",
} as const;

type MailName = keyof typeof MAIL_SUBJECTS;

export function authTemplates(): Record<MailName, { subject: string; content_path?: string }> {
  return Object.fromEntries(
    Object.entries(MAIL_SUBJECTS).map(([name, subject]) => {
      const file = path.join(root, "supabase", "templates", `${name.replace("_", "-")}.html`);
      return [name, { subject, ...(existsSync(file) ? { content_path: file } : {}) }];
    }),
  ) as Record<MailName, { subject: string; content_path?: string }>;
}

export function authSettings(siteUrl: string) {
  return {
    enabled: true,
    site_url: siteUrl,
    additional_redirect_urls: [`${siteUrl}/**`],
    jwt_expiry: AUTH.jwtExpiry,
    enable_refresh_token_rotation: true,
    refresh_token_reuse_interval: 10,
    enable_signup: true,
    minimum_password_length: AUTH.minimumPassword,
    sessions: { timebox: AUTH.timebox, inactivity_timeout: AUTH.inactivity },
    email: {
      enable_signup: true,
      enable_confirmations: true,
      double_confirm_changes: false,
      otp_length: AUTH.otpLength,
      otp_expiry: AUTH.otpExpiry,
      template: authTemplates(),
    },
  };
}
