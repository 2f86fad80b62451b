import { redirect } from "next/navigation";
import { z } from "zod";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

/** The business's own address leads each person to where they work. */
export default page(
  { access: "signed-in", params: z.object({ client: slugSchema }) },
  ({ scope, context }) => {
    const isStaff = context.businesses.some(
      (business) => business.slug === scope.client.slug && business.isStaff,
    );
    redirect(`/${scope.client.slug}/${isStaff ? "admin" : "home"}`);
  },
);
