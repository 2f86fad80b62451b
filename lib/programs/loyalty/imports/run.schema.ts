import { z } from "zod";
import { importFields, requiredFields, type ImportField } from "./reading/fields";
import { runStates } from "./run.states";

const runSources = ["upload", "https", "browser", "cli"] as const;
export const rowOutcomes = ["new", "changed", "unmatched", "rejected", "duplicate"] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

const count = z.coerce.number().int();
const when = z.string().nullable();

const runCheckSchema = z.object({
  code: z.enum(["columns", "unmatched", "rejected", "fall", "shrunk", "repeat"]),
  isOk: z.boolean(),
  stops: z.boolean().optional(),
  value: z.number().optional(),
  limit: z.number().optional(),
});
export type RunCheck = z.infer<typeof runCheckSchema>;

const readingNoteSchema = z.looseObject({
  code: z.string(),
  field: z.string().optional(),
  cells: z.number().optional(),
});

export const runSummarySchema = z.object({
  id: z.uuid(),
  source: z.enum(runSources),
  isUnattended: z.boolean(),
  state: z.enum(runStates),
  businessDate: z.iso.date(),
  fileName: z.string(),
  fileBytes: z.coerce.number().nullable(),
  rowsRead: count,
  rowsNew: count,
  rowsChanged: count,
  rowsUnchanged: count,
  rowsUnmatched: count,
  rowsRejected: count,
  rowsDuplicate: count,
  rowsBlank: count,
  errorMessage: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: when,
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runSchema = runSummarySchema.extend({
  bytesRead: count,
  rowsToAdd: count,
  creatorsToAdd: count,
  creatorsAdded: count,
  createsCreators: z.boolean(),
  isRepeat: z.boolean(),
  repeatsRunId: z.uuid().nullable(),
  salesBefore: count,
  salesAfter: count,
  unitsBefore: count,
  unitsAfter: count,
  viewsBefore: count,
  viewsAfter: count,
  notes: z.array(readingNoteSchema),
  checks: z.array(runCheckSchema),
  tierChanges: z.looseObject({}).nullable(),
  mappingVersion: z.number().int().nullable(),
  recipeVersion: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  errorDetails: z.unknown(),
  createdByName: z.string().nullable(),
  startedAt: when,
  checkedAt: when,
  appliedAt: when,
  savedAt: when,
  undoneAt: when,
  /** Nothing was saved after it, so it can be taken back. */
  canUndo: z.boolean(),
});
export type Run = z.infer<typeof runSchema>;

export const runListSchema = z.object({
  items: z.array(runSummarySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});

export const runQuerySchema = z.object({
  state: z.enum(runStates).optional(),
  cursor: z.string().max(1000).optional(),
  direction: z.enum(["next", "previous"]).default("next"),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type RunQuery = z.infer<typeof runQuerySchema>;

const figure = z.coerce.number().nullable();
export const runRowSchema = z.object({
  line: z.coerce.number().int(),
  outcome: z.enum(rowOutcomes),
  reason: z.string().nullable(),
  columnName: z.string().nullable(),
  rawValue: z.string().nullable(),
  handle: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  postedOn: z.string().nullable(),
  views: figure,
  likes: figure,
  comments: figure,
  gmv: figure,
  units: figure,
  viewsBefore: figure,
  likesBefore: figure,
  commentsBefore: figure,
  gmvBefore: figure,
  unitsBefore: figure,
});
export type RunRow = z.infer<typeof runRowSchema>;

export const runRowListSchema = z.object({ items: z.array(runRowSchema), next: z.string().nullable() });
export const runRowQuerySchema = z.object({
  outcome: z.enum(rowOutcomes).default("changed"),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunRowQuery = z.infer<typeof runRowQuerySchema>;

export const importTicketInputSchema = z.object({
  name: z.string().trim().min(1).max(200),
  bytes: z.number().int().positive("This file is empty."),
  contentType: z.string().max(120).default("text/csv"),
});
export type ImportTicketInput = z.infer<typeof importTicketInputSchema>;

export const startImportSchema = z.object({ fileId: z.uuid(), createsCreators: z.boolean().default(true) });
export type StartImport = z.infer<typeof startImportSchema>;

export const saveRunSchema = z.object({
  createsCreators: z.boolean().optional(),
  /** A guard stopped the run and the person has looked at it. */
  confirm: z.boolean().default(false),
});
export type SaveRun = z.infer<typeof saveRunSchema>;

const header = z.string().trim().max(200);
export const mappingSchema = z
  .partialRecord(z.enum(importFields), z.union([header, z.null()]))
  .superRefine((columns, context) => {
    for (const field of requiredFields) {
      if (columns[field] === null) {
        context.addIssue({
          code: "custom",
          path: [field],
          message: "A file without this column cannot be read.",
        });
      }
    }
    const named = Object.entries(columns).filter((entry): entry is [ImportField, string] =>
      Boolean(entry[1]),
    );
    for (const [field, name] of named) {
      if (named.some(([other, same]) => other !== field && same.toLowerCase() === name.toLowerCase())) {
        context.addIssue({
          code: "custom",
          path: [field],
          message: "Another field has this column already.",
        });
      }
    }
  });
export const savedMappingSchema = z.object({
  columns: z.record(z.string(), z.string().nullable()),
  version: z.number().int(),
});
export type SavedMapping = z.infer<typeof savedMappingSchema>;
