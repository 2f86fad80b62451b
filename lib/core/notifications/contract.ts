import { z } from "zod";

/** One line of the bell's list: the words are made for the reader when it is read. */
const notificationSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  href: z.string(),
  createdAt: z.string(),
  isRead: z.boolean(),
});
export type Notification = z.infer<typeof notificationSchema>;

export const notificationPageSchema = z.object({
  items: z.array(notificationSchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export type NotificationPage = z.infer<typeof notificationPageSchema>;

export const unreadSchema = z.object({ unread: z.number().int() });

export const notificationListQuerySchema = z.object({
  only: z.enum(["unread"]).optional(),
  cursor: z.string().max(400).optional(),
  direction: z.enum(["next", "previous"]).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(30),
});
export type NotificationListQuery = z.infer<typeof notificationListQuerySchema>;

/** How a person wants to be told about one type. A channel the type does not use is null. */
export const preferenceSchema = z.object({
  type: z.string(),
  name: z.string(),
  isEssential: z.boolean(),
  inApp: z.boolean().nullable(),
  email: z.boolean().nullable(),
});
export type Preference = z.infer<typeof preferenceSchema>;

export const preferencePatchSchema = z.object({ inApp: z.boolean(), email: z.boolean() });
export type PreferencePatch = z.infer<typeof preferencePatchSchema>;

/** A moment as a notification's `createdAt` gives it. */
export const markAllReadSchema = z.object({
  until: z
    .string()
    .max(40)
    .regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)$/)
    .optional(),
});
