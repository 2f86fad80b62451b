import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PersonDetail } from "@/components/core/people/person-detail";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { grantableRoles, readPerson } from "@/lib/core/people/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

export default page(
  {
    access: { permission: "people.people.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
  },
  async ({ scope, params }) => {
    const t = await getTranslations("people");
    const person = await readPerson(scope, params.id);
    return (
      <ClientMessages rooms={["ui", "people"]}>
        <PageHeader
          title={person.displayName}
          crumbs={[{ label: t("title"), href: `/${scope.client.slug}/admin/people` }]}
        />
        <Work>
          <PersonDetail
            person={person}
            business={{ slug: scope.client.slug, name: scope.client.name }}
            may={{
              edit: scope.can("people.people.write"),
              roles: scope.can("people.roles.write") && !person.isSelf,
              invite: scope.can("people.invitations.write"),
              audit: scope.can("audit.log.read"),
            }}
            grantable={grantableRoles(scope)}
          />
        </Work>
      </ClientMessages>
    );
  },
);
