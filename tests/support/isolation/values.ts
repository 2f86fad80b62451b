import type { Business, Member } from "./businesses";

export interface About {
  business: Business;
  member: Member;
}

let serial = 0;
const handle = ({ business }: About): string => `${business.slug}mark.${(serial += 1)}`;

/** Where a CHECK asks for more than a column's type: what to write instead. Everything else is filled from the catalogue. */
export const values: Record<string, (about: About) => Record<string, unknown>> = {
  core_dead_jobs: () => ({ attempts: 8, max_attempts: 8 }),
  core_events: () => ({ name: "people.joined" }),
  // Who reads a file depends on what it is for.
  core_files: () => ({ purpose: "loyalty-import" }),
  core_notification_preferences: () => ({ type: "people.joined" }),
  // A role that every inviter may give: what refuses a step on it is not the role.
  invitations: () => ({ role_id: "creator" }),
  loyalty_account_reveals: ({ member }) => ({ revealed_by: member.userId }),
  loyalty_adjustments: () => ({ kind: "bonus", amount: 100 }),
  loyalty_boosts: () => ({
    rate_bp: 500,
    days: 10,
    tier_commission_bp: 1000,
    starts_at: "2036-10-31T22:00:00Z",
    ends_at: "2036-11-10T23:00:00Z",
    first_on: "2036-11-01",
    last_on: "2036-11-10",
  }),
  loyalty_creators: (about) => {
    const key = handle(about);
    return { handle: key, handle_key: key };
  },
  loyalty_gifts: (about) => ({
    recipient: `${about.business.slug}mark recipient`,
    line1: "1 Quay Street",
    city: "Portsmouth",
    postal_code: "03801",
    country: "US",
    phone: "",
    carrier: null,
    tracking_number: null,
    shipped_at: null,
    delivered_at: null,
  }),
  loyalty_redemption_codes: () => ({ envelope: "v1:test:planted:planted:planted" }),
  loyalty_handle_aliases: (about) => ({ handle_key: handle(about) }),
  loyalty_handle_claims: (about) => ({
    handle_key: handle(about),
    creator_id: null,
    evidence_text: `${about.business.slug}mark evidence`,
  }),
  loyalty_missions: () => ({ kind: "videos", target: 10 }),
  loyalty_mission_progress: () => ({ kind: "videos", target: 10 }),
  loyalty_money_findings: () => ({ what: "payment.amount" }),
  loyalty_payout_account_secrets: () => ({ fingerprint_hash: "f".repeat(43) }),
  loyalty_holds: () => ({ reason: "by_hand", other_creator_id: null }),
  loyalty_raffle_draws: () => ({
    entries_hash: "0".repeat(64),
    commitment: "1".repeat(64),
    entries_count: 2,
    winners_count: 1,
    alternates_count: 1,
    claim_days: 7,
  }),
  loyalty_redemptions: () => ({ kind: "gift_card", source: "tier", offer_window: "ever" }),
  loyalty_rewards: () => ({ kind: "gift_card", offer: "mission", value_amount: 100 }),
  loyalty_tiers: () => ({ rank: 4, threshold: 1_000_000 }),
  loyalty_tier_checkpoints: () => ({ period_start: "2026-07-01", period_end: "2026-11-01" }),
  loyalty_tier_decisions: () => ({ value: 0 }),
  people_views: () => ({ started_at: "2026-11-20T10:00:00Z", expires_at: "2026-11-20T10:15:00Z" }),
};

/**
 * Rows that only follow from others: what guards them is passed over here. `$1` is the business, `$2` the person;
 * written while triggers rest, so foreign keys must be right as they stand.
 */
export const planted: Record<string, string> = {
  loyalty_payouts: `insert into public.loyalty_payouts (client_id, creator_id, kind, boost_id, amount, currency)
    select b.client_id, b.creator_id, 'boost', b.id, 100, 'USD'
      from public.loyalty_boosts b join public.loyalty_creators c on c.id = b.creator_id
     where b.client_id = $1 and c.person_id = $2`,
};
