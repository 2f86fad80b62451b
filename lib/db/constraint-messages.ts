/** Constraint name → the sentence a person sees. A room adds its own lines here, sorted by name. */
export const constraintMessages: Record<string, { message: string; field?: string }> = {
  clients_slug_key: { message: "This address is already taken.", field: "slug" },
  loyalty_adjustments_reverses_id_key: { message: "This adjustment was taken back already." },
  loyalty_boosts_running_key: { message: "A boost is planned or running already. One runs at a time." },
  loyalty_payouts_claws_back_id_key: { message: "This earning was clawed back already." },
  loyalty_redemptions_open_claim_key: {
    message: "She has claimed this reward again meanwhile. Finish that claim first.",
  },
  loyalty_reward_limits_coupon_check: {
    message: "A code has two to eight letters and numbers.",
    field: "couponCode",
  },
  loyalty_reward_limits_unit_cost_check: { message: "At most 1,000,000.00.", field: "unitCost" },
  loyalty_rewards_audience_check: { message: "A mission decides who gets its reward.", field: "tierId" },
  loyalty_rewards_boost_check: {
    message: "A boost has a rate up to 100 % and up to 90 days.",
    field: "boostBp",
  },
  loyalty_rewards_description_check: { message: "At most 500 letters.", field: "description" },
  loyalty_rewards_discount_check: {
    message: "A discount has 1 to 100 % and runs from 10 minutes to a year.",
    field: "discountPercent",
  },
  loyalty_rewards_expires_days_check: { message: "One day to a year.", field: "expiresDays" },
  loyalty_rewards_instructions_check: { message: "At most 1,000 letters.", field: "instructions" },
  loyalty_rewards_kind_check: { message: "Choose one of the kinds of rewards.", field: "kind" },
  loyalty_rewards_name_check: { message: "A name has two to 60 letters.", field: "name" },
  loyalty_rewards_preview_check: {
    message: "What every tier may claim is seen by all already.",
    field: "previewFromTierId",
  },
  loyalty_rewards_quantity_check: {
    message: "A limit is once to ten times; without a limit there is no number.",
    field: "quantity",
  },
  loyalty_rewards_sizes_check: { message: "A physical gift has up to twelve sizes.", field: "sizes" },
  loyalty_rewards_tag_check: { message: "A tag has lower-case letters, numbers and hyphens.", field: "tag" },
  loyalty_rewards_value_amount_check: {
    message: "Say what it is worth, up to 1,000,000.00.",
    field: "valueAmount",
  },
};
