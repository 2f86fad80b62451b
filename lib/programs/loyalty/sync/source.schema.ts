import { z } from "zod";
import { recipeSchema } from "./recipe.schema";

export const sourceKinds = ["upload", "https", "browser"] as const;

export const sourceSchema = z.object({
  kind: z.enum(sourceKinds),
  url: z.string().nullable(),
  headerName: z.string().nullable(),
  recipe: recipeSchema.nullable(),
  recipeVersion: z.number().int(),
  createsCreators: z.boolean(),
  /** Whether a secret is stored; the secret itself never leaves the server. */
  hasSecret: z.boolean(),
});
export type Source = z.infer<typeof sourceSchema>;

const secret = z.string().min(1).max(2000);

/** A secret that is left out, or left empty, stays what it was. */
export const sourceInputSchema = z
  .object({
    kind: z.enum(sourceKinds),
    url: z.string().trim().max(2000).nullish(),
    headerName: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]{0,64}$/)
      .nullish(),
    headerValue: secret.or(z.literal("")).optional(),
    recipe: z.union([recipeSchema, z.string().max(8000)]).nullish(),
    username: secret.or(z.literal("")).optional(),
    password: secret.or(z.literal("")).optional(),
    createsCreators: z.boolean().default(true),
  })
  .superRefine((source, context) => {
    if (source.kind === "https" && !source.url) {
      context.addIssue({ code: "custom", path: ["url"], message: "Give the address of the file." });
    }
    if (source.kind === "https" && source.headerValue && !source.headerName) {
      context.addIssue({
        code: "custom",
        path: ["headerName"],
        message: "Name the header that carries the secret.",
      });
    }
    if (source.kind === "browser" && !source.recipe) {
      context.addIssue({ code: "custom", path: ["recipe"], message: "Describe the pages to visit." });
    }
  });
export type SourceInput = z.infer<typeof sourceInputSchema>;
