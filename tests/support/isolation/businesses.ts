import { seedBusiness, type DemoBusiness } from "../../../supabase/seed/core";
import type { TestDatabase } from "../database";

/** What a person is to a business, as the expectations name it. */
export type Position =
  "owner" | "admin" | "manager" | "support" | "creator" | "neighbour" | "lapsed" | "gone";

export const positions: Record<Position, { roles: string[]; meaning: string }> = {
  owner: { roles: ["owner"], meaning: "may do everything" },
  admin: { roles: ["admin"], meaning: "all but making owners" },
  manager: { roles: ["manager"], meaning: "runs the program" },
  support: { roles: ["support"], meaning: "staff of the lowest kind" },
  creator: { roles: ["creator"], meaning: "a member, about whom there are rows" },
  neighbour: { roles: ["creator"], meaning: "another member of the same business, with rows of her own" },
  lapsed: { roles: ["manager"], meaning: "was a manager until yesterday" },
  gone: { roles: ["manager"], meaning: "deactivated" },
};

export interface Member {
  userId: string;
  personId: string;
}
export interface Business {
  id: string;
  slug: string;
  programsOn: string[];
  members: Record<Position, Member>;
}

const slugs = { glow: "Glow Collective", tide: "Tide Market", ebb: "Ebb and Flow" } as const;
export type Slug = keyof typeof slugs;

/** A business with one person in every position, all with a login of their own. */
export async function makeBusiness(db: TestDatabase, slug: Slug): Promise<Business> {
  const names = Object.keys(positions) as Position[];
  const logins = new Map<string, string>();
  const people: DemoBusiness["people"] = [];
  for (const position of names) {
    const email = `${position}@${slug}.test`;
    logins.set(email, await db.createUser(email));
    people.push({ email, name: `${slug}mark ${position}`, roles: positions[position].roles });
  }
  const client = await db.pool.connect();
  try {
    const business = {
      slug,
      name: slugs[slug],
      programs: ["loyalty"],
      timeZone: "America/New_York",
      currency: "USD",
      brandColor: "#3b4a5a",
      people,
    };
    const id = await seedBusiness(client as never, business, logins);
    const { rows } = await client.query<{ email: string; user_id: string; id: string }>(
      "select id, user_id, email from public.people where client_id = $1",
      [id],
    );
    const members = Object.fromEntries(
      rows.map((row) => [row.email.split("@")[0], { userId: row.user_id, personId: row.id }]),
    ) as Record<Position, Member>;
    await client.query(
      "update public.person_roles set valid_until = now() - interval '1 day' where client_id = $1 and person_id = $2",
      [id, members.lapsed.personId],
    );
    return { id, slug, programsOn: ["loyalty"], members };
  } finally {
    client.release();
  }
}
