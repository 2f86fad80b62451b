"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";

interface Invited {
  id: string;
  link: string;
  isMailed: boolean;
}

interface InviteDialogProps {
  slug: string;
  roles: ReadonlyArray<{ value: string; label: string }>;
  /** Someone the business knows already; without it, someone new by e-mail. */
  person?: { id: string; name: string; email: string | null };
  trigger: string;
  primary?: boolean;
  until: string;
}

/** Invites by mail, or makes a link to hand over when the person has no address. */
export function InviteDialog({ slug, roles, person, trigger, primary, until }: InviteDialogProps) {
  const t = useTranslations("people");
  const ui = useTranslations("ui");
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);

  function change(value: boolean) {
    setOpen(value);
    if (value) return;
    // The link is forgotten here as well: it is shown once.
    setLink(null);
    router.refresh();
  }

  function onSent(invited: Invited, email: string) {
    if (invited.isMailed) {
      toast({ message: t("inviteSent", { email }) });
      change(false);
    } else {
      setLink(invited.link);
    }
  }

  return (
    <Dialog
      title={t("inviteTitle")}
      description={link ? undefined : t("inviteText")}
      trigger={trigger}
      look={{ size: "small", variant: primary ? "primary" : "secondary" }}
      open={open}
      onOpenChange={change}
    >
      {link ? (
        <div className="stack gap-4">
          <p>{t("inviteLinkText", { name: person?.name ?? "", date: until })}</p>
          <TextField
            label={t("inviteLinkLabel")}
            value={link}
            readOnly
            onFocus={(event) => event.target.select()}
          />
          <Button
            variant="primary"
            onClick={() =>
              void navigator.clipboard.writeText(link).then(() => toast({ message: t("copied") }))
            }
          >
            {t("copy")}
          </Button>
        </div>
      ) : (
        <InviteForm slug={slug} roles={roles} person={person} onSent={onSent} cancel={ui("cancel")} />
      )}
    </Dialog>
  );
}

function InviteForm({
  slug,
  roles,
  person,
  onSent,
  cancel,
}: Pick<InviteDialogProps, "slug" | "roles" | "person"> & {
  onSent: (invited: Invited, email: string) => void;
  cancel: string;
}) {
  const t = useTranslations("people");
  const [email, setEmail] = useState(person?.email ?? "");
  const byLink = person !== undefined && email.trim() === "";
  return (
    <Form<Invited>
      path={`/api/${slug}/people/invitations`}
      submit={byLink ? t("inviteLink") : t("inviteSend")}
      body={(values) => ({
        role: values["role"],
        ...(person ? { personId: person.id } : { displayName: values["displayName"] || undefined }),
        ...(email.trim() ? { email: email.trim() } : {}),
      })}
      onSent={(invited) => onSent(invited, email.trim())}
      stay
      secondary={<CloseButton>{cancel}</CloseButton>}
    >
      {!person && <TextField name="displayName" label={t("inviteName")} autoComplete="off" />}
      <TextField
        name="email"
        type="email"
        label={t("inviteEmail")}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoComplete="off"
      />
      <Select
        name="role"
        label={t("inviteRole")}
        hint={t("inviteRoleHint")}
        choices={roles}
        defaultValue={roles.at(-1)?.value}
      />
    </Form>
  );
}
