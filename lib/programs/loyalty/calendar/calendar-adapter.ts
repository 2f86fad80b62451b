/** A time the business should see in its own calendar. */
export interface PlannedEvent {
  /** The redemption it is about. An adapter makes the calendar's own id of it, always the same. */
  id: string;
  start: Date;
  end: Date;
  timeZone: string;
  title: string;
  text: string;
}

/** Both may be repeated at any time: the calendar is as if it had been said once. */
export interface CalendarAdapter {
  upsertEvent: (event: PlannedEvent) => Promise<void>;
  cancelEvent: (id: string) => Promise<void>;
}
