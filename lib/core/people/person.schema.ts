import { z } from "zod";

export const staffRoles = [
  "owner",
  "admin",
  "manager",
  "practitioner",
  "educator",
  "carer",
  "support",
] as const;
export const memberRoles = ["creator", "family", "patient", "student", "customer"] as const;
export const roleIds = [...staffRoles, ...memberRoles] as const;

const roleSchema = z.enum(roleIds);
const heldRole = z.object({ role: z.string(), validUntil: z.string().nullable() });

export const personSummarySchema = z.object({
  id: z.uuid(),
  displayName: z.string(),
  email: z.string().nullable(),
  state: z.enum(["active", "deactivated"]),
  hasLogin: z.boolean(),
  createdAt: z.string(),
  roles: z.array(heldRole),
  invitation: z
    .object({ id: z.uuid(), role: z.string(), expiresAt: z.string(), isExpired: z.boolean() })
    .nullable(),
});
export type PersonSummary = z.infer<typeof personSummarySchema>;

export const peopleListSchema = z.object({
  items: z.array(personSummarySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});

export const peopleQuerySchema = z.object({
  q: z.string().trim().max(100).optional(),
  role: roleSchema.optional(),
  state: z.enum(["active", "deactivated"]).optional(),
  /** Only staff and those with a pending invitation. */
  team: z.stringbool().optional(),
  cursor: z.string().max(1000).optional(),
  direction: z.enum(["next", "previous"]).default("next"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

export const personSchema = z.object({
  id: z.uuid(),
  displayName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  state: z.enum(["active", "deactivated"]),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
  createdAt: z.string(),
  claimedAt: z.string().nullable(),
  hasLogin: z.boolean(),
  isSelf: z.boolean(),
  roles: z.array(heldRole.extend({ since: z.string() })),
  invitations: z.array(
    z.object({
      id: z.uuid(),
      role: z.string(),
      state: z.enum(["pending", "accepted", "revoked", "expired"]),
      email: z.string().nullable(),
      expiresAt: z.string(),
      lastSentAt: z.string(),
      createdAt: z.string(),
    }),
  ),
});
export type Person = z.infer<typeof personSchema>;

export const personPatchSchema = z.object({
  displayName: z.string().trim().min(1, "Write a name.").max(120, "Use 120 characters or fewer."),
  phone: z
    .string()
    .trim()
    .max(32)
    .refine(
      (phone) => phone === "" || /^[+0-9 ()./-]{5,32}$/.test(phone),
      "Write a phone number like +1 212 555 0143.",
    )
    .optional(),
});
export type PersonPatch = z.infer<typeof personPatchSchema>;

/** Someone new by e-mail, or someone the business already knows (`personId`) by e-mail or by a link to hand over. */
export const inviteSchema = z
  .object({
    personId: z.uuid().optional(),
    displayName: z.string().trim().max(120).optional(),
    email: z.email("Write an e-mail address like name@example.com.").max(254).optional(),
    role: roleSchema,
  })
  .refine((input) => input.personId !== undefined || input.email !== undefined, {
    path: ["email"],
    message: "Write the e-mail address the invitation goes to.",
  });
export type InviteInput = z.infer<typeof inviteSchema>;

/** `link` is shown once: only its hash is kept where it could be read. */
export const invitedSchema = z.object({ id: z.uuid(), link: z.url(), isMailed: z.boolean() });

export const grantRoleSchema = z.object({
  role: roleSchema,
  validUntil: z.iso.datetime({ offset: true }).nullish(),
});

export const invitationPreviewSchema = z.object({
  client: z.object({
    slug: z.string(),
    name: z.string(),
    brandColor: z.string(),
    logoUrl: z.string().nullable(),
  }),
  role: z.string(),
  name: z.string(),
  needsEmail: z.boolean(),
  state: z.enum(["pending", "accepted", "revoked", "expired"]),
  expiresAt: z.string(),
});
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>;

export const acceptedSchema = z.object({ slug: z.string(), repeated: z.boolean() });
