import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/states";
import type { Video } from "@/lib/programs/loyalty/contract";
import { useFigures, type Metric } from "./figures";

/** Every video with what it brought in a span of days and in all. */
export function VideoTable({
  videos,
  metric,
  currency,
  since,
  still,
}: {
  videos: readonly Video[];
  metric: Metric;
  currency: string;
  /** First day of the counted span. */
  since: string;
  still?: boolean;
}) {
  const t = useTranslations("loyaltyApp");
  const figures = useFigures(currency);
  const day = useCalendarDay().short;
  return (
    <DataTable
      label={t("videosTitle")}
      caption={`${t("videosTitle")}. ${t("videoRange")}`}
      rows={videos}
      rowKey={(video) => video.id}
      rowName={(video) => video.title || t("untitled")}
      still={still}
      empty={<EmptyState title={t("videosEmptyTitle")}>{t("videosEmptyText")}</EmptyState>}
      columns={[
        {
          id: "title",
          header: t("videoColumns.title"),
          primary: true,
          cell: (video) => (
            <a className="truncate" href={video.url} target="_blank" rel="noopener noreferrer nofollow">
              {video.title || t("untitled")}
            </a>
          ),
        },
        {
          id: "counted",
          header: t("videoColumns.counted", { date: day(since) }),
          numeric: true,
          phone: "value",
          cell: (video) =>
            metric === "sales" ? figures.money(video.counted) : figures.count(video.countedUnits),
        },
        {
          id: "total",
          header: t("videoColumns.total"),
          numeric: true,
          phone: "labelled",
          cell: (video) => (metric === "sales" ? figures.money(video.gmv) : figures.count(video.units)),
        },
        {
          id: "views",
          header: t("videoColumns.views"),
          numeric: true,
          phone: "labelled",
          cell: (video) => figures.count(video.views),
        },
        {
          id: "likes",
          header: t("videoColumns.likes"),
          numeric: true,
          phone: "hide",
          cell: (video) => figures.count(video.likes),
        },
        { id: "posted", header: t("videoColumns.posted"), cell: (video) => day(video.postedOn) },
      ]}
    />
  );
}
