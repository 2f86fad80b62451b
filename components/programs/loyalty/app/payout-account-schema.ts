/* Fetched by itself, with the first sending of the form. */
export { payoutAccountInputSchema } from "@/lib/programs/loyalty/contract";
