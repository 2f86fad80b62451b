import { z } from "zod";
import { tagSchema } from "../missions/mission.schema";

/** Exactly the tags the creator has from now on. */
export const creatorTagsInputSchema = z.object({
  tags: z.array(tagSchema).max(20, "A creator has at most 20 tags."),
});
export const creatorTagsSchema = z.object({ tags: z.array(z.string()) });
export type CreatorTags = z.infer<typeof creatorTagsSchema>;

export const tagListItemSchema = z.object({ tag: z.string(), creators: z.number().int() });
export const tagListSchema = z.object({ items: z.array(tagListItemSchema) });
export type TagUse = z.infer<typeof tagListItemSchema>;
