import { z } from "zod";

const fileStates = ["pending", "quarantine", "clean", "rejected", "deleted"] as const;
export type FileState = (typeof fileStates)[number];

export const fileTransitions = [
  { from: null, to: "pending", permission: null },
  { from: "pending", to: "quarantine", permission: null },
  { from: "pending", to: "deleted", permission: null },
  { from: "quarantine", to: "clean", permission: null },
  { from: "quarantine", to: "rejected", permission: null },
  { from: "clean", to: "deleted", permission: null },
  { from: "rejected", to: "deleted", permission: null },
] as const;

export type FileKind = "text" | "image" | "logo" | "document";

/** What each purpose takes. Sizes and permissions are in the database too, and win there. */
export const filePurposes = {
  "loyalty-import": { maxBytes: 100_000_000, kind: "text" },
  "brand-logo": { maxBytes: 500_000, kind: "logo" },
} as const satisfies Record<string, { maxBytes: number; kind: FileKind }>;

export type FilePurpose = keyof typeof filePurposes;
const filePurposeSchema = z.enum(Object.keys(filePurposes) as [FilePurpose, ...FilePurpose[]]);

export const createUploadSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    // Shown to people and sent as a download's name: no path, no control characters, no marks that turn text around.
    .regex(/^(?!\.+$)[^/\\\p{Cc}\p{Cf}]+$/u),
  bytes: z.number().int().positive("This file is empty."),
  contentType: z
    .string()
    .max(120)
    .regex(/^[\w.+-]+\/[\w.+-]+(;.*)?$/)
    .catch("application/octet-stream"),
  purpose: filePurposeSchema,
});
export type CreateUpload = z.infer<typeof createUploadSchema>;

/** A checked picture, or null to show the initial again. */
export const logoInputSchema = z.object({ fileId: z.uuid().nullable() });

/** PUT the file's bytes to `uploadUrl` with these headers, then call `…/files/{fileId}/complete`. */
export const uploadTicketSchema = z.object({
  fileId: z.uuid(),
  uploadUrl: z.url(),
  headers: z.record(z.string(), z.string()),
});
export type UploadTicket = z.infer<typeof uploadTicketSchema>;

const scanOutcomes = ["clean", "infected", "not_scanned"] as const;
const rejectedReasons = ["missing", "size", "type", "infected"] as const;

export const fileSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  state: z.enum(fileStates),
  scan: z.enum(scanOutcomes).nullable(),
  rejectedReason: z.enum(rejectedReasons).nullable(),
  createdAt: z.string(),
});
export type StoredFile = z.infer<typeof fileSchema>;
