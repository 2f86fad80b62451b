"use client";

import { Button } from "@/components/ui/button";
import { FileDrop } from "@/components/ui/file-drop";
import { Glyph } from "@/components/ui/glyph";
import { pencil, trash2 } from "@/components/ui/icon-paths";
import { Menu } from "@/components/ui/menu";
import { useSelection } from "@/components/ui/table-region";
import { useToast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";

export function MenuSample() {
  return (
    <Menu
      label="More"
      items={[
        { id: "rename", label: "Rename", icon: <Glyph path={pencil} size="s" /> },
        { id: "delete", label: "Delete", icon: <Glyph path={trash2} size="s" />, danger: true, apart: true },
      ]}
    />
  );
}

export function ToastSample() {
  const toast = useToast();
  return (
    <Button
      onClick={() =>
        toast({ message: "Boost starts Tue, Nov 24", action: { label: "Undo", onClick: () => undefined } })
      }
    >
      Start boost
    </Button>
  );
}

export function TooltipSample() {
  return (
    <Tooltip text="Counted at 6:00 PM in New York">
      <Button>When is it counted?</Button>
    </Tooltip>
  );
}

export function BulkSample() {
  const { keys } = useSelection();
  const toast = useToast();
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => toast({ message: `Message to ${keys.length}` })}>
        Message
      </Button>
      <Button size="small" variant="quiet">
        Export
      </Button>
    </>
  );
}

export function UploadSample({ id }: { id: string }) {
  return (
    <FileDrop
      id={id}
      label="Videos file"
      hint="CSV up to 100 MB"
      accept=".csv,text/csv"
      kinds="CSV"
      maxBytes={100_000_000}
      ticketPath="/api/nowhere"
      onUploaded={() => undefined}
    />
  );
}
