import type { z } from "zod";
import type { Access } from "./access";
import type { LimitName } from "./limits";

/** What a route says about itself; the API document is written from it. */
export interface RouteDefinition {
  summary: string;
  description?: string;
  tags: string[];
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Schema of `data`. "file" for an answer that is a download and not an envelope. */
  response: z.ZodType | "file";
  /** Status of success, 200 unless told. */
  status?: number;
  limit?: LimitName;
  once?: boolean;
  bodyLimit?: number;
}

export interface DefinedHandler {
  definition: RouteDefinition;
}
