import { randomUUID } from "node:crypto";
import { ask, rows } from "../../support/ask";
import type { TestDatabase } from "../../support/database";
import type { Business, Position } from "../../support/isolation/businesses";

export const newEmail = (): string => `new-${randomUUID()}@elsewhere.test`;

/** The steps of an invitation, in one business. */
export function inviting(db: TestDatabase, glow: Business) {
  return {
    async invite(given: { role?: string; email?: string; person?: string; by?: Position } = {}) {
      const token = randomUUID();
      const id = await ask<string>(db, glow.members[given.by ?? "owner"].userId, "people_invite", {
        p_client: glow.id,
        p_role: given.role ?? "creator",
        p_token_hash: token,
        p_token_envelope: "v1:k:i:t:c",
        ...(given.email ? { p_email: given.email } : {}),
        ...(given.person ? { p_person: given.person } : {}),
      });
      return { id, token };
    },
    accept: (userId: string, token: string) =>
      ask<{ slug: string; repeated: boolean }>(db, userId, "people_accept_invitation", {
        p_token_hash: token,
      }),
    /** Somebody known from a file, without a login. */
    async unclaimed(name: string, roles: string[] = []): Promise<string> {
      const [row] = await rows<{ id: string }>(
        db,
        `with person as (insert into public.people (client_id, display_name) values ($1, $2) returning id),
         given as (insert into public.person_roles (client_id, person_id, role_id) select $1, person.id, role from person, unnest($3::text[]) as role)
         select id from person`,
        [glow.id, name, roles],
      );
      return row?.id ?? "";
    },
    async stateOf(id: string) {
      return (
        await rows<{ state: string }>(db, "select state from public.invitations where id = $1", [id])
      )[0]?.state;
    },
  };
}
