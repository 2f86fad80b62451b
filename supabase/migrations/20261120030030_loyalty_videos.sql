-- Loyalty: videos, and one snapshot per video and day on which its figures moved.

-- tables
-- What has a fixed width stands first, so that it is read without walking over the texts.
create table public.loyalty_videos (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id),
  creator_id uuid not null,
  views bigint not null default 0,
  likes bigint not null default 0,
  comments bigint not null default 0,
  gmv bigint not null default 0,
  units bigint not null default 0,
  created_at timestamptz not null default now(),
  figures_at timestamptz not null default now(),
  posted_on date not null,
  first_seen_on date not null,
  ctr_bp integer,
  last_run_id uuid,
  url text not null,
  url_key text not null,
  title text not null default '',
  constraint loyalty_videos_client_id_id_key unique (client_id, id),
  constraint loyalty_videos_client_id_url_key_key unique (client_id, url_key),
  constraint loyalty_videos_creator_id_fkey foreign key (client_id, creator_id) references public.loyalty_creators (client_id, id),
  constraint loyalty_videos_url_key_check check (url_key <> '' and octet_length(url_key) <= 2000),
  constraint loyalty_videos_counts_check check (views >= 0 and likes >= 0 and comments >= 0 and units >= 0),
  constraint loyalty_videos_ctr_bp_check check (ctr_bp is null or ctr_bp between 0 and 10000)
) with (fillfactor = 75);

create table public.loyalty_video_snapshots (
  client_id uuid not null,
  video_id uuid not null,
  business_date date not null,
  creator_id uuid not null,
  run_id uuid,
  views bigint not null,
  likes bigint not null,
  comments bigint not null,
  gmv bigint not null,
  units bigint not null,
  views_delta bigint not null,
  likes_delta bigint not null,
  comments_delta bigint not null,
  gmv_delta bigint not null,
  units_delta bigint not null,
  is_opening boolean not null default false,
  constraint loyalty_video_snapshots_pkey primary key (client_id, video_id, business_date)
) with (fillfactor = 90);

-- indexes: nothing that moves every night is indexed, so a nightly update of a video stays on its page
create index loyalty_videos_creator_id_idx on public.loyalty_videos (client_id, creator_id, posted_on, id);
create index loyalty_video_snapshots_creator_id_idx on public.loyalty_video_snapshots (client_id, creator_id, business_date);
-- Days lie together on disk, in the order nights wrote them: a page range index finds one day for almost nothing.
create index loyalty_video_snapshots_business_date_idx on public.loyalty_video_snapshots using brin (business_date)
  with (pages_per_range = 32, autosummarize = on);

-- rls
alter table public.loyalty_videos enable row level security;
alter table public.loyalty_videos force row level security;
alter table public.loyalty_video_snapshots enable row level security;
alter table public.loyalty_video_snapshots force row level security;
create policy loyalty_videos_select on public.loyalty_videos for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);
create policy loyalty_video_snapshots_select on public.loyalty_video_snapshots for select to authenticated
  using (client_id = any ((select private.my_clients('loyalty'))::uuid[])
    and case when creator_id = any ((select private.my_creators())::uuid[]) then true
             else client_id = any ((select private.clients_with('loyalty.creators.read'))::uuid[]) end);

-- grants: only the import writes, through its own connection
revoke all on public.loyalty_videos, public.loyalty_video_snapshots from anon, authenticated, service_role;
grant select on public.loyalty_videos, public.loyalty_video_snapshots to authenticated, service_role;

-- comments
comment on table public.loyalty_videos is 'Every video a file has named, with its latest figures. The sum over a creator''s videos is her lifetime total.';
comment on column public.loyalty_videos.url is 'The address as the file gave it.';
comment on column public.loyalty_videos.url_key is 'Normalised address: unique within the business, never across businesses.';
comment on column public.loyalty_videos.gmv is 'Sales of the video so far, minor units of loyalty_settings.currency. May fall when orders are refunded.';
comment on column public.loyalty_videos.ctr_bp is 'Click-through rate in hundredths of a percent.';
comment on column public.loyalty_videos.first_seen_on is 'Business date of the file that first named the video.';
comment on column public.loyalty_videos.last_run_id is 'The run that last changed the figures.';
comment on column public.loyalty_videos.figures_at is 'When the figures last changed; written by the import itself, since a trigger on every row would halve its speed.';
comment on table public.loyalty_video_snapshots is 'What a video''s figures were after a business date, and by how much they moved on it. Sums of differences are period figures, so an old video that still sells counts.';
comment on column public.loyalty_video_snapshots.client_id is 'The business of the video, which has the foreign key; see video_id.';
comment on column public.loyalty_video_snapshots.creator_id is 'The video''s creator, copied so that a period is one index range.';
comment on column public.loyalty_video_snapshots.video_id is 'The video. No foreign key: a snapshot is written from the video the same statement wrote, and the save counts that it found every one; checking each row again took longer than writing it.';
comment on column public.loyalty_video_snapshots.business_date is 'The day, in the zone of the business, to which the movement belongs.';
comment on column public.loyalty_video_snapshots.gmv is 'Cumulative sales after that day, minor units.';
comment on column public.loyalty_video_snapshots.gmv_delta is 'Movement of sales on that day; negative after refunds or corrections.';
comment on column public.loyalty_video_snapshots.is_opening is 'History from before the video was first seen, dated when it was posted.';
