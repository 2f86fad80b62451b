import type { Client } from "pg";

export interface DemoBusiness {
  slug: string;
  name: string;
  programs: string[];
  timeZone: string;
  currency: string;
  brandColor: string;
  people: DemoPerson[];
  /** Addresses that are not written to any more. */
  blocked?: { address: string; reason: "bounced" | "complained" }[];
}

interface DemoPerson {
  email: string;
  name: string;
  roles: string[];
}

export const DEMO_PASSWORD = "Portico-demo-1";

const staff = (slug: string, names: Record<string, string>): DemoPerson[] =>
  Object.entries(names).map(([role, name]) => ({ email: `${role}@${slug}.test`, name, roles: [role] }));

const mira = (roles: string[]): DemoPerson => ({ email: "mira@portico.test", name: "Mira Okafor", roles });

export const demoBusinesses: DemoBusiness[] = [
  {
    slug: "glow",
    name: "Glow Collective",
    programs: ["loyalty", "launch"],
    timeZone: "America/New_York",
    currency: "USD",
    brandColor: "#b3265f",
    blocked: [
      { address: "june@moved-away.test", reason: "bounced" },
      { address: "theo@enough-mail.test", reason: "complained" },
    ],
    people: [
      ...staff("glow", {
        owner: "Dana Reyes",
        admin: "Theo Lindqvist",
        manager: "Ines Barros",
        support: "Caleb Osei",
        creator: "Noor Haddad",
      }),
      { email: "newcomer@glow.test", name: "Nia Newly", roles: ["creator"] },
      mira(["creator"]),
    ],
  },
  {
    slug: "hearth",
    name: "Hearth Home Care",
    programs: ["care"],
    timeZone: "America/Chicago",
    currency: "USD",
    brandColor: "#1d6a58",
    people: [
      ...staff("hearth", {
        owner: "Ruth Abara",
        admin: "Sam Keller",
        manager: "Joan Mwangi",
        carer: "Luis Ortega",
        support: "Ada Frost",
        family: "Helen Park",
      }),
      mira(["family"]),
    ],
  },
  {
    slug: "lumen",
    name: "Lumen Aesthetics",
    programs: ["clinic", "academy"],
    timeZone: "Europe/London",
    currency: "GBP",
    brandColor: "#3d5a80",
    people: [
      ...staff("lumen", {
        owner: "Priya Nair",
        admin: "Owen Hughes",
        manager: "Clara Voss",
        practitioner: "Dr Maya Lin",
        educator: "Tom Aldous",
        support: "Zoe Marsh",
        patient: "Ellen Price",
        student: "Jonas Weber",
      }),
      mira(["patient", "student"]),
    ],
  },
  {
    slug: "atelier",
    name: "Atelier Systems",
    programs: ["portal"],
    timeZone: "Europe/Berlin",
    currency: "EUR",
    brandColor: "#f4b43a",
    people: [
      ...staff("atelier", {
        owner: "Lena Hoffmann",
        admin: "Pavel Novak",
        manager: "Greta Sand",
        support: "Milo Brandt",
        customer: "Frida Holm",
      }),
      mira(["manager"]),
    ],
  },
];

/**
 * Makes a demo business with its people. Logins must exist in Supabase Auth already: `logins` maps each e-mail
 * to its user id. Safe to run again: what exists stays as it is.
 */
export async function seedBusiness(sql: Client, business: DemoBusiness, logins: ReadonlyMap<string, string>): Promise<string> {
  const found = await sql.query<{ id: string }>("select id from public.clients where slug = $1", [business.slug]);
  const clientId =
    found.rows[0]?.id ??
    (
      await sql.query<{ id: string }>("select private.create_client($1, $2, $3, $4, $5, $6) as id", [
        business.slug,
        business.name,
        business.programs,
        business.timeZone,
        business.currency,
        business.brandColor,
      ])
    ).rows[0]?.id;
  if (!clientId) throw new Error(`The business ${business.slug} could not be made.`);

  for (const person of business.people) {
    const userId = logins.get(person.email);
    if (!userId) throw new Error(`${person.email} has no login yet.`);
    await sql.query(
      `with person as (
         insert into public.people (client_id, user_id, claimed_at, display_name, email)
         values ($1, $2, now(), $3, $4)
         on conflict (client_id, user_id) do update set display_name = public.people.display_name
         returning id
       )
       insert into public.person_roles (client_id, person_id, role_id)
       select $1, person.id, role from person, unnest($5::text[]) as role
       on conflict do nothing`,
      [clientId, userId, person.name, person.email, person.roles],
    );
  }
  for (const { address, reason } of business.blocked ?? []) {
    await sql.query(
      `insert into public.core_email_suppressions (client_id, address, reason) values ($1, $2, $3)
       on conflict (client_id, address) do nothing`,
      [clientId, address, reason],
    );
  }
  return clientId;
}
