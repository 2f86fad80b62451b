import { createHash } from "node:crypto";
import { loyaltyWorld } from "../world";

export interface Person {
  creatorId: string;
  personId: string;
  userId: string;
}
export interface Entry {
  id: string;
  creator_id: string;
  state: string;
  entry_no: number | null;
  draw_rank: number | null;
  claim_until: Date | null;
  redraw_reason: string | null;
}
export interface Result {
  entriesHash: string;
  entriesCount: number;
  commitment: string;
  seed: string | null;
  drawnAt: string | null;
  winnersCount: number;
  alternatesCount: number;
  places: { rank: number; entryNo: number; state: string }[];
}

/** A business with a prize, creators who sign in and have sold, and raffles that end when a test says so. */
export async function raffleWorld() {
  const world = await loyaltyWorld();
  const { db, clientId, one } = world;
  let made = 0;
  const rows = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await db.pool.query<T>(text, values)).rows;

  async function person(role: string, name = `${role}${(made += 1)}`): Promise<Omit<Person, "creatorId">> {
    const userId = await db.createUser(`${name}@tide.test`);
    const { id } = await one<{ id: string }>(
      `with p as (insert into public.people (client_id, user_id, claimed_at, display_name, email) values ($1, $2, now(), $3, $4) returning id),
            r as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, $5 from p)
       select id from p`,
      [clientId, userId, name, `${name}@tide.test`, role],
    );
    return { userId, personId: id };
  }

  const owner = await person("owner", "owner");
  const { id: prizeId } = await one<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, frequency, quantity, state)
     values ($1, 'mission', 'gift_card', 'Weekend for two', 20000, 'unlimited', null, 'draft') returning id`,
    [clientId],
  );
  await db.pool.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [prizeId],
  );

  const call = <T>(userId: string, name: string, values: unknown[]): Promise<T> =>
    db.asUser(userId, async (client) => {
      const marks = values.map((_, at) => `$${at + 2}`).join(", ");
      const { rows: answer } = await client.query<{ value: T }>(
        `select public.${name}($1${marks && `, ${marks}`}) as value`,
        [clientId, ...values],
      );
      return answer[0]?.value as T;
    });

  return {
    ...world,
    rows,
    person,
    owner,
    prizeId,
    call,
    /** A creator with a login; recognised unless told otherwise. */
    async member(options: { isSeen?: boolean; name?: string } = {}): Promise<Person> {
      const login = await person("creator", options.name);
      const { id } = await one<{ id: string }>(
        `insert into public.loyalty_creators (client_id, person_id, handle, joined_on)
         select $1, id, display_name, '2026-01-01' from public.people where id = $2 returning id`,
        [clientId, login.personId],
      );
      if (options.isSeen !== false) await world.sell(id, "2026-02-01", 1000);
      return { ...login, creatorId: id };
    },
    async raffle(
      options: {
        winners?: number;
        alternates?: number;
        claimDays?: number;
        tierId?: string;
        tag?: string;
        state?: string;
      } = {},
    ): Promise<string> {
      const { id } = await one<{ id: string }>(
        `insert into public.loyalty_missions (client_id, kind, name, reward_id, tier_id, tag, ends_at, winners_count, alternates_count, claim_days)
         values ($1, 'raffle', 'Autumn raffle', $2, $3, $4, now() + interval '1 day', $5, $6, $7) returning id`,
        [
          clientId,
          prizeId,
          options.tierId ?? null,
          options.tag ?? null,
          options.winners ?? 1,
          options.alternates ?? 0,
          options.claimDays ?? 7,
        ],
      );
      if (options.state !== "draft")
        await db.pool.query(
          "update public.loyalty_missions set state = 'published', published_at = now() where id = $1",
          [id],
        );
      return id;
    },
    enter: (who: Person, raffle: string) =>
      call<{ id: string; state: string }>(who.userId, "loyalty_enter_raffle", [raffle]),
    leave: (who: Person, raffle: string) =>
      call<{ state: string }>(who.userId, "loyalty_leave_raffle", [raffle]),
    seal: (raffle: string, by = owner.userId) => call<string>(by, "loyalty_seal_raffle", [raffle]),
    draw: (raffle: string, by = owner.userId) => call<Result>(by, "loyalty_draw_raffle", [raffle]),
    redraw: (entry: string, reason = "Moved abroad") =>
      call<{ movedUp: number | null }>(owner.userId, "loyalty_redraw_raffle", [entry, reason]),
    read: (raffle: string, by: string) => call<Record<string, unknown>>(by, "loyalty_read_raffle", [raffle]),
    list: (raffle: string, by: string) => call<string>(by, "loyalty_read_raffle_list", [raffle]),
    end: (raffle: string) =>
      db.pool.query(
        "update public.loyalty_missions set ends_at = now() - interval '1 minute' where id = $1",
        [raffle],
      ),
    advance: async () =>
      (
        await one<{ summary: { sealed: number; forfeited: number; movedUp: number } }>(
          "select private.loyalty_advance_raffles($1) as summary",
          [clientId],
        )
      ).summary,
    /** The time to claim is over for this entry. */
    late: (entry: string) =>
      db.pool.query(
        "update public.loyalty_redemptions set claim_until = now() - interval '1 second' where raffle_entry_id = $1",
        [entry],
      ),
    entries: (raffle: string) =>
      rows<Entry>(
        `select id, creator_id, state, entry_no, draw_rank, claim_until, redraw_reason from public.loyalty_raffle_entries
          where mission_id = $1 order by draw_rank, entry_no, id`,
        [raffle],
      ),
    prizes: (raffle: string) =>
      rows<{
        id: string;
        creator_id: string;
        state: string;
        source: string;
        claim_until: Date;
        raffle_entry_id: string;
      }>(
        `select x.id, x.creator_id, x.state, x.source, x.claim_until, x.raffle_entry_id from public.loyalty_redemptions x
           join public.loyalty_raffle_entries e on e.id = x.raffle_entry_id where e.mission_id = $1 order by e.draw_rank`,
        [raffle],
      ),
    notices: (type: string) =>
      rows<{ people: string[]; data: Record<string, unknown> }>(
        "select people, data from private.notification_requests where client_id = $1 and type = $2 order by created_at",
        [clientId, type],
      ),
  };
}

export type RaffleWorld = Awaited<ReturnType<typeof raffleWorld>>;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** The draw as the page tells it in words, written again from the words alone. */
export function recompute(list: string, commitment: string, seed: string) {
  const entries = list
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" ") as [string, string]);
  const hash = sha256(list);
  const order = entries
    .map(([no, id]) => ({ no: Number(no), key: sha256(`${seed}:${hash}:${id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ no }) => no);
  return { hash, isCommitted: sha256(seed) === commitment, order };
}
