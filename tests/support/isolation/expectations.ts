import type { Position } from "./businesses";

/** Who reaches which rows of her own business. Rows of another business: nobody, ever. */
export interface Reach {
  all?: Position[];
  /** Only rows about herself, as `own` of the table tells. */
  own?: Position[];
}
export interface Expectation {
  /** SQL over a row `t`: is it about the person $1 with the login $2? */
  own?: string;
  /** The program without which `all` reaches nothing, although the table is one of core. */
  allNeeds?: string;
  read: Reach;
  insert?: Reach;
  update?: Reach;
  delete?: Reach;
  /** Why no person reads it, where none does. */
  serverOnly?: string;
}

const managers: Position[] = ["owner", "admin", "manager"];
const staff: Position[] = [...managers, "support"];
const members: Position[] = ["creator", "neighbour"];
const active: Position[] = [...staff, ...members, "lapsed"];

const byPerson = "t.person_id = $1";
const byCreator = "t.creator_id in (select c.id from public.loyalty_creators c where c.person_id = $1)";
/** Missions for everybody, as the planted ones are. */
const byOpenMission =
  "t.mission_id in (select m.id from public.loyalty_missions m where m.state in ('published', 'paused', 'ended') and m.tier_id is null and m.tag is null)";
const owners: Expectation = { read: { all: ["owner"] } };
const figures: Expectation = { own: byCreator, read: { all: staff, own: members } };
const money: Expectation = { own: byCreator, read: { all: ["owner", "admin"], own: members } };
const imports: Expectation = { read: { all: managers } };

/** Every table of the API. A table that is not here fails the sweep. */
export const expectations: Record<string, Expectation> = {
  auth_sessions: { own: "t.user_id = $2", read: { own: [...active, "gone"] } },
  client_programs: { read: { all: active }, update: { all: ["owner", "admin"] } },
  clients: { read: { all: active }, update: { all: ["owner", "admin"] } },
  core_audit_log: owners,
  core_dead_jobs: { read: { all: ["owner", "admin"] } },
  core_email_events: { read: { all: ["owner", "admin"] } },
  core_email_suppressions: { read: { all: ["owner", "admin"] } },
  core_emails: { read: { all: ["owner", "admin"] } },
  core_event_deliveries: { read: { all: ["owner", "admin"] } },
  core_events: owners,
  core_files: { own: "t.uploaded_by = $1", allNeeds: "loyalty", read: { all: managers, own: members } },
  core_notification_preferences: {
    own: byPerson,
    read: { own: active },
    insert: { own: active },
    update: { own: active },
  },
  core_notifications: { own: byPerson, read: { own: active }, update: { own: active } },
  core_state_history: owners,
  invitations: { read: { all: managers } },
  loyalty_holds: { read: { all: ["owner", "admin"] } },
  loyalty_account_reveals: { read: { all: ["owner", "admin"] } },
  loyalty_adjustments: { own: byCreator, read: { all: managers, own: members }, insert: { all: managers } },
  loyalty_boosts: figures,
  loyalty_creator_tags: { read: { all: staff } },
  loyalty_creators: { own: byPerson, read: { all: staff, own: members } },
  loyalty_daily_totals: { read: { all: staff } },
  loyalty_gifts: { own: byCreator, read: { all: managers, own: members } },
  loyalty_report_mails: { read: { all: managers } },
  loyalty_redemption_codes: {
    read: {},
    serverOnly: "codes of gift cards: a checked function gives one to its creator and to those who fulfil",
  },
  loyalty_handle_aliases: { read: { all: staff } },
  loyalty_handle_changes: { read: { all: staff } },
  loyalty_handle_claims: { own: "t.user_id = $2", read: { all: managers, own: members } },
  loyalty_import_mappings: imports,
  loyalty_missions: {
    own: "t.state in ('published', 'paused', 'ended') and t.tier_id is null and t.tag is null",
    read: { all: staff, own: members },
  },
  loyalty_mission_progress: figures,
  loyalty_nights: { read: { all: active } },
  loyalty_money_findings: { read: { all: ["owner", "admin"] } },
  loyalty_payments: money,
  loyalty_payout_account_secrets: {
    read: {},
    serverOnly: "sealed payout accounts: handed out one by one, with a reason, by a function",
  },
  loyalty_payout_accounts: money,
  loyalty_payout_batches: { read: { all: ["owner", "admin"] } },
  loyalty_payouts: money,
  loyalty_raffle_draws: { own: byOpenMission, read: { all: staff, own: members } },
  loyalty_raffle_entries: figures,
  loyalty_redemptions: figures,
  loyalty_reward_limits: { read: { all: staff } },
  // Drafts, as the seed makes them: creators see a reward once it is published, and only of their tier.
  loyalty_rewards: { read: { all: staff } },
  loyalty_settings: { read: { all: active }, update: { all: ["owner", "admin"] } },
  loyalty_sync_run_creators: imports,
  loyalty_sync_run_rows: imports,
  loyalty_sync_runs: imports,
  loyalty_sync_source_secrets: {
    read: {},
    serverOnly: "secrets of the nightly download: jobs read them through their own connection",
  },
  loyalty_sync_sources: imports,
  loyalty_sync_stages: imports,
  loyalty_tier_checkpoints: figures,
  loyalty_tier_decisions: figures,
  loyalty_tier_stints: figures,
  loyalty_tiers: { read: { all: active } },
  loyalty_video_snapshots: figures,
  loyalty_videos: figures,
  people: {
    own: "t.id = $1",
    read: { all: staff, own: [...members, "lapsed"] },
    update: { all: ["owner", "admin"], own: ["manager", "support", ...members, "lapsed"] },
  },
  permissions: { read: {} },
  people_views: owners,
  person_roles: { own: byPerson, read: { all: staff, own: [...members, "lapsed"] } },
  role_permissions: { read: {} },
  roles: { read: {} },
};

const programs = ["loyalty", "launch", "care", "clinic", "academy", "portal"];
/** The program without which nobody reaches a row of this table. */
export const programOf = (table: string): string | undefined =>
  programs.find((program) => table.startsWith(`${program}_`));
