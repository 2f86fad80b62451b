/** Constraint name → the sentence a person sees. A room adds its own lines here, sorted by name. */
export const constraintMessages: Record<string, { message: string; field?: string }> = {
  clients_slug_key: { message: "This address is already taken.", field: "slug" },
  loyalty_boosts_running_key: { message: "A boost is planned or running already. One runs at a time." },
  loyalty_payouts_claws_back_id_key: { message: "This earning was clawed back already." },
  loyalty_redemptions_open_claim_key: {
    message: "She has claimed this reward again meanwhile. Finish that claim first.",
  },
};
