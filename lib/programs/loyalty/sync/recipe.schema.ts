import { z } from "zod";

const selector = z.string().trim().min(1).max(300);
const pageUrl = z.url({ protocol: /^https?$/ }).max(2000);

/**
 * How to fetch a file by signing in to a site: pages and selectors as data, stored with a version, so that a
 * site's redesign is mended in settings. A selector may be a CSS list, `#user, input[name=email]`.
 */
export const recipeSchema = z.strictObject({
  signInUrl: pageUrl,
  username: selector,
  password: selector,
  submit: selector,
  /** Seen only once signed in. */
  signedIn: selector,
  exportUrl: pageUrl.optional(),
  /** Clicked in order before the download, for a date range or a menu. */
  clicks: z.array(selector).max(10).default([]),
  download: selector,
  /** Other hosts the site needs, its script or file servers. Everything else stays unreachable. */
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]{1,253}$/i))
    .max(10)
    .default([]),
  timeoutSeconds: z.number().int().min(5).max(120).default(45),
});
export type Recipe = z.infer<typeof recipeSchema>;
